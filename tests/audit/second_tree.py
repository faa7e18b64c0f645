"""Merkle trees of the second reader, written from RFC 6962 apart from the product's."""

import hashlib


def leaf_hash(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(level: list[bytes]) -> bytes:
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [node_hash(*level[i : i + 2]) for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def climbed(node: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Follow RFC 9162 by recursion: the path read from its end, the tree cut from its top."""
    if size == 1:
        return node if not path and index == 0 else None
    if not path or not 0 <= index < size:
        return None
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        left = climbed(node, index, half, path[:-1])
        return None if left is None else node_hash(left, path[-1])
    right = climbed(node, index - half, size - half, path[:-1])
    return None if right is None else node_hash(path[-1], right)


def continues(old: int, size: int, path: list[bytes], old_root: bytes, root: bytes) -> bool:
    if old == size:
        return not path and old_root == root
    if not 0 < old < size:
        return False
    found = both(old, size, path, old_root, whole=True)
    return found == (old_root, root)


def both(old: int, size: int, path: list[bytes], seed: bytes, *, whole: bool) -> tuple[bytes, bytes] | None:
    """Both roots of the subtree, read off the proof from its end."""
    if old == size:
        if whole:
            return (seed, seed) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    half = 1 << (size - 1).bit_length() - 1
    if old <= half:
        found = both(old, half, path[:-1], seed, whole=whole)
        return None if found is None else (found[0], node_hash(found[1], path[-1]))
    found = both(old - half, size - half, path[:-1], seed, whole=False)
    return None if found is None else (node_hash(path[-1], found[0]), node_hash(path[-1], found[1]))
