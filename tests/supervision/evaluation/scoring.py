"""An evaluation in the making: opened, scored by an expert, submitted, confirmed, published, appealed, concluded."""

from datetime import date, timedelta

from registry.approvals.notices.rules import NoticeKind
from registry.approvals.notices.services import post_notice
from registry.assets.custody.patrols.rules import Observation, PatrolKind, PatrolResult
from registry.assets.custody.patrols.services import record_patrol
from registry.assets.register.cards.queries import get_asset
from registry.database import db, transaction
from registry.kinds import Category
from registry.permissions import Permission
from registry.policy.queries import policy_for
from registry.supervision.evaluation.concluding import (
    conclude,
    confirm_evaluation,
    notice_case,
    rescore,
    send_back,
    set_subsidy,
    submit_evaluation,
)
from registry.supervision.evaluation.criteria import Criterion
from registry.supervision.evaluation.models import Evaluation, EvaluationLine
from registry.supervision.evaluation.queries import all_lines, get_evaluation, get_line
from registry.supervision.evaluation.rules import Given, Opening
from registry.supervision.evaluation.services import awards_of, open_evaluation, score_line
from tests.approvals.notices.boards import answered, notice_facts, objected
from tests.factories import COUNTY, TODAY, VILLAGE, confirmed, person

YEAR = TODAY.year - 1


def public(**changes: object) -> EvaluationLine:
    """A path of the village, which experts speak of."""
    return confirmed(name="产业路", category=Category.PUBLIC_WELFARE, subtype="ROAD", **changes)  # type: ignore[return-value]


def opened(year: int = YEAR, on: date = TODAY, by: str = "county_clerk", **changes: object) -> int:
    """Open an evaluation of the county; its id."""
    opening = Opening(COUNTY, year, **changes)  # type: ignore[arg-type]
    with transaction(COUNTY):
        return open_evaluation(opening, by=person(by), on=on, policy=policy_for(COUNTY, on)).id


def evaluation_of(evaluation_id: int) -> Evaluation:
    """An evaluation as it stands."""
    db.session.rollback()
    return db.session.get_one(Evaluation, evaluation_id)


def lines_of(evaluation_id: int) -> list[EvaluationLine]:
    """The lines of an evaluation as they stand."""
    db.session.rollback()
    return all_lines(evaluation_id)


def given(criterion: Criterion, cents: int | None, scorer: str = "县农业技术专家组", **words: str) -> Given:
    """What somebody says of a criterion."""
    return Given(criterion, cents, words.get("reason", "现场测评"), words.get("paper", "测评报告 3 号"), scorer)


def scored(line_id: int, said: Given, by: str = "township_supervisor") -> None:
    """Enter what an expert says."""
    with transaction(COUNTY):
        score_line(get_line(line_id, person(by)), said, by=person(by), on=TODAY)


def submitted(evaluation_id: int, by: str = "county_clerk") -> None:
    with transaction(COUNTY):
        submit_evaluation(get_evaluation(evaluation_id, person(by)), by=person(by))


def checked(evaluation_id: int, by: str = "county_agriculture", *, agrees: bool = True, words: str = "属实") -> None:
    """Confirm an evaluation, or send it back."""
    with transaction(COUNTY):
        (confirm_evaluation if agrees else send_back)(get_evaluation(evaluation_id, person(by)), words, by=person(by))


def published(evaluation_id: int, on: date = TODAY) -> int:
    """Post the results; the notice's id."""
    by = person("county_clerk")
    with transaction(COUNTY):
        case = notice_case(get_evaluation(evaluation_id, by))
        facts = notice_facts(kind=NoticeKind.EVALUATION, region_code=COUNTY, case=case)
        return post_notice(facts, by=by, on=on, policy=policy_for(COUNTY, on)).id


def appealed(line_id: int, said: Given, objection_id: int, by: str = "county_clerk") -> None:
    with transaction(COUNTY):
        rescore(get_line(line_id, person(by)), said, objection_id, by=person(by))


def objection_to(notice_id: int) -> int:
    """Somebody objects to the results; the objection's id."""
    return objected(notice_id, TODAY + timedelta(days=1)).objection.id


def concluded(evaluation_id: int, on: date, by: str = "county_agriculture") -> None:
    with transaction(COUNTY):
        found = get_evaluation(evaluation_id, person(by))
        conclude(found, by=person(by), on=on, policy=policy_for(COUNTY, on))


def split_over(evaluation_id: int, total_fen: int, basis: str = "县府会纪〔2026〕8号") -> None:
    with transaction(COUNTY):
        set_subsidy(get_evaluation(evaluation_id, person("county_clerk")), total_fen, basis, by=person("county_clerk"))


def confirmed_one(**changes: object) -> int:
    """An evaluation whose results are confirmed; its id."""
    evaluation_id = opened(**changes)
    submitted(evaluation_id)
    checked(evaluation_id)
    return evaluation_id


def done_one(year: int = YEAR, on: date = TODAY) -> int:
    """An evaluation whose results hold; its id."""
    evaluation_id = confirmed_one(year=year, on=on)
    published(evaluation_id, on)
    concluded(evaluation_id, on + timedelta(days=12))
    return evaluation_id


def supported_one() -> int:
    """An evaluation whose three assets are supported, after an appeal that scored them anew; its id."""
    for name in ("冷库", "车间", "门店"):
        confirmed(name=name)
    evaluation_id = opened()
    submitted(evaluation_id)
    checked(evaluation_id)
    objection_id = objection_to(published(evaluation_id))
    for line in lines_of(evaluation_id):
        lost = {"车间": 500, "门店": 100}.get(line.name, 0)
        for award in awards_of(line):
            if award.cents is not None and award.cents != award.mark.points:
                cents = award.mark.points - (lost if award.mark.criterion is Criterion.YIELD else 0)
                appealed(line.id, given(award.mark.criterion, cents, reason="复议"), objection_id)
    answered(objection_id, "county_agriculture", TODAY + timedelta(days=2))
    checked(evaluation_id)
    concluded(evaluation_id, TODAY + timedelta(days=32))
    return evaluation_id


def patrolled(asset_no: str, on: date, by: str = "village_clerk") -> None:
    """Enter a patrol of an asset."""
    who = person(by)
    with transaction(VILLAGE):
        asset = get_asset(asset_no, who, Permission.PATROL_RECORD)
        record_patrol(asset, Observation(PatrolKind.SELF, PatrolResult.NORMAL), by=who, on=on,
                      policy=policy_for(VILLAGE, on))  # fmt: skip
