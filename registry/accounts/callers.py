"""The API's one seam: a token becomes the person of this call, with the grants of today within the token's bounds."""

from registry import config
from registry.accounts.queries import actor_of
from registry.accounts.tokens import count_call, find_token
from registry.clock import now, today
from registry.database import transaction, why_read_only
from registry.errors import RegistryError
from registry.permissions import narrowed
from registry.rest.calls import Caller
from registry.text import N_
from registry.token_scopes import Scope


class TokenInvalid(RegistryError):
    """The token is none of ours, is over, or was taken back."""

    status = 401
    message = N_("接口令牌无效、已过期或已撤销。")


class TooManyCalls(RegistryError):
    """A program calls more often than an installation bears."""

    status = 429
    message = N_("调用太频繁，每分钟最多 %(most)s 次，请 %(seconds)s 秒后再试。")


def recognise(text: str) -> Caller:
    """Return who calls with a token, and count the call. Raises TokenInvalid, TooManyCalls."""
    found = find_token(text, today())
    if found is None:
        raise TokenInvalid
    token, user = found
    actor = narrowed(actor_of(user, today()), token.unit_code)
    if actor.is_administrator:
        raise TokenInvalid
    scopes = frozenset(Scope(one) for one in token.scopes.split() if one in set(Scope))
    caller = Caller(user.id, token.prefix, actor, scopes)
    _count(token.id)
    return caller


def _count(token_id: int) -> None:
    if why_read_only():
        return
    at, most = now(), config.current().api_calls_a_minute
    with transaction():
        calls = count_call(token_id, at)
    if calls > most:
        raise TooManyCalls(most=most, seconds=60 - at.second)
