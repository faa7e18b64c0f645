"""The Merkle tree against the published vectors, and every proof of small trees."""

from functools import partial
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.audit.merkle import (
    EMPTY_ROOT,
    TILE_LEAVES,
    Frontier,
    NotAFrontier,
    NotInTree,
    TiledLeaves,
    complete_tiles,
    consistency_proof,
    decode_tile,
    encode_tile,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.audit.vectors import CONSISTENCY, INCLUSION, LEAVES, ROOTS

PUBLISHED = [leaf_hash(leaf) for leaf in LEAVES]
SIZES = 120


def _leaves(count: int, log: str = "county") -> list[bytes]:
    return [leaf_hash(f"{log} {number}".encode()) for number in range(count)]


def _tiled(leaves: list[bytes]) -> TiledLeaves:
    tiles = len(leaves) // TILE_LEAVES
    read = partial(_tile, leaves)
    return TiledLeaves(read, tiles, leaves[tiles * TILE_LEAVES :])


def _tile(leaves: list[bytes], index: int) -> list[bytes]:
    return leaves[index * TILE_LEAVES : (index + 1) * TILE_LEAVES]


TREE = _leaves(SIZES)
TREE_ROOTS = [root(TREE[:size]) for size in range(SIZES + 1)]


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_are_the_published_ones(size: int) -> None:
    assert root(PUBLISHED[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, path: tuple[str, ...]) -> None:
    proof = inclusion_proof(PUBLISHED, index, size)
    assert [node.hex() for node in proof] == list(path)
    assert verify_inclusion(PUBLISHED[index], index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(old: int, new: int, path: tuple[str, ...]) -> None:
    proof = consistency_proof(PUBLISHED, old, new)
    assert [node.hex() for node in proof] == list(path)
    old_root, new_root = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert verify_consistency(old, new, proof, old_root=old_root, new_root=new_root)


def test_every_inclusion_proof_below_120_leaves_is_accepted_and_no_other_leaf_or_root_fits_it() -> None:
    for size in range(1, SIZES):
        for index in range(size):
            proof = inclusion_proof(TREE, index, size)
            assert verify_inclusion(TREE[index], index, size, proof, TREE_ROOTS[size])
            assert not verify_inclusion(TREE[index + 1], index, size, proof, TREE_ROOTS[size])
            assert not verify_inclusion(TREE[index], index, size, proof, TREE_ROOTS[size + 1])
            assert not verify_inclusion(TREE[index], index, size, [*proof, TREE[0]], TREE_ROOTS[size])
            assert not verify_inclusion(TREE[index], size - 1 - index, size, proof, TREE_ROOTS[size]) or (
                size - 1 - index == index
            )


def test_every_consistency_proof_below_120_leaves_is_accepted_and_no_other_root_fits_it() -> None:
    for new in range(1, SIZES):
        for old in range(1, new + 1):
            proof = consistency_proof(TREE, old, new)
            check = partial(verify_consistency, old, new, old_root=TREE_ROOTS[old], new_root=TREE_ROOTS[new])
            assert check(proof)
            assert not check([*proof, TREE[0]])
            assert (
                not verify_consistency(old, new, proof, old_root=TREE[0] * 1 + b"", new_root=TREE_ROOTS[new])
                or old == 1
            )
            assert not verify_consistency(old, new, proof, old_root=TREE_ROOTS[old], new_root=TREE_ROOTS[new + 1])


@given(st.integers(2, SIZES), st.data())
def test_a_forged_or_truncated_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size - 1))
    path, proof = inclusion_proof(TREE, index, size), consistency_proof(TREE, old, size)
    place = data.draw(st.integers(0, min(len(path), len(proof)) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    for forged in (_flip(path, place, bit), path[:place] + path[place + 1 :], path[:place], path[::-1]):
        if forged != path:
            assert not verify_inclusion(TREE[index], index, size, forged, TREE_ROOTS[size])
    for forged in (_flip(proof, place, bit), proof[:place] + proof[place + 1 :], proof[:place], proof[::-1]):
        if forged != proof:
            assert not verify_consistency(old, size, forged, old_root=TREE_ROOTS[old], new_root=TREE_ROOTS[size])


def _flip(proof: list[bytes], place: int, bit: int) -> list[bytes]:
    node = proof[place]
    return [*proof[:place], bytes([node[0] ^ bit]) + node[1:], *proof[place + 1 :]]


def test_a_proof_of_another_log_is_refused() -> None:
    other = _leaves(SIZES, "municipality")
    proof = consistency_proof(other, 40, 100)
    assert not verify_consistency(40, 100, proof, old_root=TREE_ROOTS[40], new_root=TREE_ROOTS[100])
    assert not verify_consistency(40, 100, proof, old_root=TREE_ROOTS[40], new_root=root(other[:100]))
    assert not verify_inclusion(other[7], 7, 100, inclusion_proof(other, 7, 100), TREE_ROOTS[100])


def test_the_empty_tree_is_the_beginning_of_every_tree() -> None:
    assert consistency_proof(TREE, 0, 9) == []
    assert verify_consistency(0, 9, [], old_root=EMPTY_ROOT, new_root=TREE_ROOTS[9])
    assert not verify_consistency(0, 9, [], old_root=TREE_ROOTS[1], new_root=TREE_ROOTS[9])
    assert not verify_consistency(9, 8, [], old_root=TREE_ROOTS[9], new_root=TREE_ROOTS[8])


def test_nodes_of_another_length_are_refused() -> None:
    proof = inclusion_proof(TREE, 3, 9)
    assert not verify_inclusion(TREE[3], 3, 9, [proof[0] + b"\x00", *proof[1:]], TREE_ROOTS[9])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, SIZES + 1)])
def test_no_proof_is_made_for_what_is_not_in_the_tree(index: int, size: int) -> None:
    with pytest.raises(NotInTree):
        inclusion_proof(TREE, index, size)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 1000])
def test_proofs_from_tiles_equal_proofs_from_all_leaves(size: int) -> None:
    leaves = _leaves(size)
    for index in {0, size // 3, size - 1, min(255, size - 1), min(256, size - 1)}:
        assert inclusion_proof(_tiled(leaves), index, size) == inclusion_proof(leaves, index, size)
        assert consistency_proof(_tiled(leaves), index + 1, size) == consistency_proof(leaves, index + 1, size)


def test_a_second_proof_reads_only_the_tile_of_its_leaf() -> None:
    leaves, read = _leaves(16 * TILE_LEAVES), []

    def tile(index: int) -> list[bytes]:
        read.append(index)
        return _tile(leaves, index)

    tiled = TiledLeaves(tile, 16, [])
    inclusion_proof(tiled, 0, len(leaves))
    inclusion_proof(tiled, 4000, len(leaves))
    read.clear()
    inclusion_proof(tiled, 1000, len(leaves))
    assert set(read) <= {1000 // TILE_LEAVES}


@given(st.integers(0, SIZES))
def test_a_frontier_survives_its_text_and_grows_to_the_same_root(size: int) -> None:
    frontier = Frontier()
    for leaf in TREE[:size]:
        frontier.append(leaf)
    again = Frontier.decode(frontier.encode())
    assert (again, again.root()) == (frontier, TREE_ROOTS[size])
    for leaf in TREE[size:]:
        again.append(leaf)
    assert again.root() == TREE_ROOTS[SIZES]


@pytest.mark.parametrize(
    "text", ["", "1", "0:" + "0" * 64, "3:" + "0" * 64, "x:", "1:" + "g" * 64, "01:" + "0" * 64, "１:" + "0" * 64]
)
def test_a_broken_frontier_is_refused(text: str) -> None:
    with pytest.raises(NotAFrontier):
        Frontier.decode(text)


def test_a_tile_survives_its_text_and_must_be_complete() -> None:
    leaves = _leaves(TILE_LEAVES)
    assert decode_tile(encode_tile(leaves)) == leaves
    with pytest.raises(NotAFrontier):
        encode_tile(leaves[1:])
    with pytest.raises(NotAFrontier):
        decode_tile("zz" * 32 * TILE_LEAVES)


def test_a_log_completes_a_tile_at_every_256th_leaf() -> None:
    assert list(complete_tiles(250, 255)) == []
    assert list(complete_tiles(255, 256)) == [0]
    assert list(complete_tiles(256, 1024)) == [1, 2, 3]


def test_a_leaf_is_never_mistaken_for_a_node() -> None:
    left, right = TREE[0], TREE[1]
    assert leaf_hash(left + right) != root([left, right])
    assert root([left, right]) == sha256(b"\x01" + left + right).digest()
