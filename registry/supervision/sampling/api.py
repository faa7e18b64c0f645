"""JSON resources of samples."""

from typing import Any

from flask import Response, url_for

from registry.clock import today
from registry.permissions import Permission
from registry.places.queries import heir_of
from registry.policy.queries import policy_for
from registry.rest.calls import Body, actor, api_requires, check_unit, deed, done, listed, shown
from registry.rest.openapi import Resources
from registry.rest.paging import number_after, paged
from registry.supervision.findings.rules import FindingFacts, Mender, Source
from registry.supervision.sampling import schemas as json
from registry.supervision.sampling.models import Sample, SampleItem
from registry.supervision.sampling.queries import get_item, get_sample, list_items, list_samples
from registry.supervision.sampling.rules import ItemResult, SamplePlan
from registry.supervision.sampling.services import Checked, enter_result, finding_of, keep_sample, prepare
from registry.token_scopes import Scope

resources = Resources("sampling", __name__, "抽样检查")
_P, _S = Permission, Scope


def _said(sample: Sample) -> Body:
    body: Body = json.SampleRow().dump(sample)
    return body


def _item_said(item: SampleItem) -> Body:
    body: Body = json.SampleItemRow().dump(item)
    return body


@resources.get("/samples", "列抽样，新的在前")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.arguments(json.SampleArguments, location="query")
@resources.response(200, json.SamplePage)
def index(args: dict[str, Any]) -> Response:
    """List samples within reach, the newest first."""
    found = list_samples(args.get("region", ""), actor(), before=number_after(args), limit=args["limit"])
    return paged(found, args["limit"], _said)


@resources.post("/samples", "抽样；名单当场固定")
@api_requires(_P.SAMPLE_DRAW, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.SampleEntry)
@resources.response(201, json.SampleRow)
def draw(plan: SamplePlan) -> Response:
    """Draw a sample."""
    check_unit(_P.SAMPLE_DRAW, plan.region_code)
    on = today()
    prepared = prepare(plan, by=actor(), on=on, policy=policy_for(plan.region_code, on))
    with deed(plan.region_code):
        made = keep_sample(prepared, by=actor(), on=on)
        return done(_said(made), 201, location=url_for("sampling_api.one", sample_id=made.id))


@resources.get("/samples/<int:sample_id>", "读一次抽样")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.SampleRow)
def one(sample_id: int) -> Response:
    """Show a sample."""
    return shown(_said(get_sample(sample_id, actor())))


@resources.get("/samples/<int:sample_id>/items", "列抽中的各项")
@api_requires(_P.ASSET_READ, scope=_S.SUPERVISION_READ)
@resources.response(200, json.SampleItemPage)
def items(sample_id: int) -> Response:
    """List what was drawn."""
    return listed([_item_said(row) for row in list_items(get_sample(sample_id, actor()).id)])


@resources.post("/sample-items/<int:item_id>/result", "登记一项的检查结果；有问题的转为问题交办")
@api_requires(_P.SAMPLE_DRAW, scope=_S.SUPERVISION_WRITE)
@resources.arguments(json.SampleResultEntry)
@resources.response(200, json.SampleItemRow)
def result(body: dict[str, Any], item_id: int) -> Response:
    """Enter what was found of an item."""
    row = get_item(item_id, actor(), _P.SAMPLE_DRAW)
    with deed(row.region_code, heir_of(row.unit_code)):
        row, on = get_item(item_id, actor(), _P.SAMPLE_DRAW), today()
        facts = None
        if body["result"] == ItemResult.UNSOUND and body["due_on"]:
            words = FindingFacts(
                "", Source.TOWNSHIP, body["note"], body["basis"], body["demand"], on, body["due_on"],
                Mender(body["mender"]), body["person"],
            )  # fmt: skip
            facts = finding_of(row, words, actor())
        enter_result(row, Checked(ItemResult(body["result"]), body["note"], facts), by=actor(), on=on)
        return done(_item_said(row))
