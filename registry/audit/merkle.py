"""The Merkle tree of a log (RFC 6962): roots, proofs, and the frontier that grows with every leaf.

A leaf is SHA-256(0x00 ‖ bytes), a node SHA-256(0x01 ‖ left ‖ right). Only leaf hashes are stored, in tiles of 256;
nodes are computed again when a proof asks for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self, TypeAlias

from registry.errors import RegistryError
from registry.text import N_

HASH_BYTES = 32
TILE_LEAVES = 256
EMPTY_ROOT = sha256(b"").digest()

_Subtree: TypeAlias = Callable[[int, int], bytes]


class NotInTree(RegistryError):
    """The position or size asked for does not exist in this tree."""

    message = N_("第 %(position)s 项不在大小为 %(size)s 的树中。")


class NotAFrontier(RegistryError):
    """The stored text is no frontier or tile."""

    message = N_("树的边缘或叶块的存储文本已损坏。")


def leaf_hash(payload: bytes) -> bytes:
    """Return the hash of one event's stored bytes."""
    return sha256(b"\x00" + payload).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The roots of the perfect subtrees, widest first: all it takes to append leaves and to know the root."""

    size: int = 0
    nodes: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        rest = self.size
        while rest & 1:
            leaf = node_hash(self.nodes.pop(), leaf)
            rest >>= 1
        self.nodes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree so far."""
        if not self.nodes:
            return EMPTY_ROOT
        *left, top = self.nodes
        for node in reversed(left):
            top = node_hash(node, top)
        return top

    def encode(self) -> str:
        """Return the text kept with a checkpoint: ``size:hex,hex``."""
        return f"{self.size}:{','.join(node.hex() for node in self.nodes)}"

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read encode()'s text; raises NotAFrontier."""
        size, _, nodes = text.partition(":")
        if not (size.isascii() and size.isdigit()):
            raise NotAFrontier
        frontier = cls(int(size), [_unhex(node) for node in nodes.split(",")] if nodes else [])
        if frontier.size.bit_count() != len(frontier.nodes) or frontier.encode() != text:
            raise NotAFrontier
        return frontier


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def complete_tiles(old_size: int, new_size: int) -> range:
    """Return the indexes of the tiles that a log completes by growing from one size to another."""
    return range(old_size // TILE_LEAVES, new_size // TILE_LEAVES)


def encode_tile(leaves: Sequence[bytes]) -> str:
    """Return the stored text of one complete tile."""
    if len(leaves) != TILE_LEAVES:
        raise NotAFrontier
    return b"".join(leaves).hex()


def decode_tile(text: str) -> list[bytes]:
    """Read encode_tile()'s text; raises NotAFrontier."""
    width = 2 * HASH_BYTES
    if len(text) != TILE_LEAVES * width:
        raise NotAFrontier
    return [_unhex(text[start : start + width]) for start in range(0, len(text), width)]


def _unhex(text: str) -> bytes:
    if len(text) != 2 * HASH_BYTES or not set(text) <= set("0123456789abcdef"):
        raise NotAFrontier
    return bytes.fromhex(text)


@dataclass(frozen=True)
class TiledLeaves:
    """The leaves of a log as stored: complete tiles, read when needed, and the leaves after the last of them.

    What is computed above the tiles is kept, and what lies inside the tile in hand: proofs asked for in the order of
    their leaves read and hash every tile once.
    """

    tile_hashes: Callable[[int], Sequence[bytes]]
    tiles: int
    tail: Sequence[bytes]
    above: dict[tuple[int, int], bytes] = field(default_factory=dict)
    inside: dict[tuple[int, int], bytes] = field(default_factory=dict)
    in_hand: dict[int, Sequence[bytes]] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.tiles * TILE_LEAVES + len(self.tail)

    def subtree(self, start: int, end: int) -> bytes:
        """Return the root over the leaves from ``start`` up to ``end``, a range the tree itself cuts out."""
        if end - start < TILE_LEAVES:
            return self._inside(start, end)
        if (start, end) not in self.above:
            if end - start == TILE_LEAVES:
                self.above[start, end] = root(self._leaves(start // TILE_LEAVES))
            else:
                middle = start + _split(end - start)
                self.above[start, end] = node_hash(self.subtree(start, middle), self.subtree(middle, end))
        return self.above[start, end]

    def _inside(self, start: int, end: int) -> bytes:
        tile, offset = divmod(start, TILE_LEAVES)
        leaves = self._leaves(tile)
        if end - start == 1:
            return leaves[offset]
        if (start, end) not in self.inside:
            middle = start + _split(end - start)
            self.inside[start, end] = node_hash(self._inside(start, middle), self._inside(middle, end))
        return self.inside[start, end]

    def _leaves(self, tile: int) -> Sequence[bytes]:
        if tile == self.tiles:
            return self.tail
        if tile not in self.in_hand:
            self.in_hand.clear()
            self.inside.clear()
            self.in_hand[tile] = self.tile_hashes(tile)
        return self.in_hand[tile]


def inclusion_proof(leaves: Sequence[bytes] | TiledLeaves, index: int, size: int) -> list[bytes]:
    """Return the path that shows leaf ``index`` (from 0) in the tree of the first ``size`` leaves."""
    if not 0 <= index < size <= len(leaves):
        raise NotInTree(position=index, size=size)
    return _path(index, 0, size, _subtrees(leaves))


def consistency_proof(leaves: Sequence[bytes] | TiledLeaves, old_size: int, new_size: int) -> list[bytes]:
    """Return the proof that the tree of ``old_size`` leaves is the beginning of the tree of ``new_size`` leaves."""
    if not 0 <= old_size <= new_size <= len(leaves):
        raise NotInTree(position=old_size, size=new_size)
    if old_size == 0:
        return []
    return _old_and_new(old_size, 0, new_size, _subtrees(leaves), whole=True)


def _subtrees(leaves: Sequence[bytes] | TiledLeaves) -> _Subtree:
    if isinstance(leaves, TiledLeaves):
        return leaves.subtree
    return lambda start, end: root(leaves[start:end])


def _split(size: int) -> int:
    """Return the largest power of two below the size: where RFC 6962 cuts a tree in two."""
    return 1 << ((size - 1).bit_length() - 1)


def _path(index: int, start: int, end: int, subtree: _Subtree) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, subtree), subtree(middle, end)]
    return [*_path(index, middle, end, subtree), subtree(start, middle)]


def _old_and_new(old_end: int, start: int, end: int, subtree: _Subtree, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962: ``whole`` while the old tree's own root, which the reader knows, is still the left edge."""
    if old_end == end:
        return [] if whole else [subtree(start, end)]
    middle = start + _split(end - start)
    if old_end <= middle:
        return [*_old_and_new(old_end, start, middle, subtree, whole=whole), subtree(middle, end)]
    return [*_old_and_new(old_end, middle, end, subtree, whole=False), subtree(start, middle)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Tell whether the path leads from this leaf at this position to this root."""
    if not 0 <= index < size or any(len(node) != HASH_BYTES for node in (leaf, *proof)):
        return False
    position, last, found = index, size - 1, leaf
    for node in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(node, found)
            position, last = _climb(position, last)
        else:
            found = node_hash(found, node)
        position, last = position >> 1, last >> 1
    return last == 0 and found == tree_root


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], *, old_root: bytes, new_root: bytes
) -> bool:
    """Tell whether the proof shows the old tree to be the beginning of the new one."""
    if not 0 <= old_size <= new_size or any(len(node) != HASH_BYTES for node in proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    # A perfect old tree is its own first node, so the proof leaves it out.
    nodes = list(proof) if old_size.bit_count() > 1 else [old_root, *proof]
    return bool(nodes) and _rebuild(old_size, new_size, nodes) == (old_root, new_root)


def _rebuild(old_size: int, new_size: int, nodes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return the two roots that a consistency proof leads to, or None when its length is wrong."""
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(node, old), node_hash(node, new)
            position, last = _climb(position, last)
        else:
            new = node_hash(new, node)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _climb(position: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a right edge has no sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last
