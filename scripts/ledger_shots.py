"""Pictures of contracts, income, the roll, distribution and the books; each function is one picture."""

from camera import PHONE, Camera, shot

#: The book of the village whose people the demo signs in as.
BOOK = "华溪村股份经济合作社"


@shot("village_clerk")
def income_contract(camera: Camera) -> None:
    camera.open_listed("/contracts", "中益冷链仓库租赁合同")
    camera.save()


@shot("village_clerk", PHONE)
def income_phone(camera: Camera) -> None:
    camera.open("/todo")
    camera.click("a:text-is('去登记') >> nth=0")
    camera.save()


@shot("village_clerk")
def income_sheet(camera: Camera) -> None:
    camera.open("/income/sheet")
    camera.save()


@shot("township_supervisor")
def income_review(camera: Camera) -> None:
    camera.open("/income/review")
    camera.save()


@shot("township_supervisor")
def income_arrears(camera: Camera) -> None:
    camera.open("/arrears")
    camera.save()


@shot("village_clerk")
def beneficiaries_roll(camera: Camera) -> None:
    camera.open("/beneficiaries")
    camera.save()


@shot("village_clerk")
def beneficiaries_adjust(camera: Camera) -> None:
    camera.open("/beneficiaries/adjust")
    camera.save()


@shot("village_clerk")
def distribution_uses(camera: Camera) -> None:
    camera.open_listed("/distributions", "2026年度")
    camera.save()


@shot("village_clerk")
def distribution_plan(camera: Camera) -> None:
    camera.open_listed("/distributions", "华溪村2026年上半年")
    camera.save(height=1500)


@shot("village_clerk")
def distribution_payout(camera: Camera) -> None:
    camera.open_listed("/payouts", "2026")
    camera.save(height=1300)


@shot("township_accountant")
def books_balance(camera: Camera) -> None:
    camera.open_listed("/books", BOOK)
    camera.save()


@shot("village_head")
def books_closing(camera: Camera) -> None:
    camera.open_listed("/books", BOOK)
    camera.click("nav.tabs a:text-is('结账')")
    camera.save()


@shot("village_head")
def heads_todo(camera: Camera) -> None:
    camera.open("/todo")
    camera.save(height=1000)


@shot("cashier")
def cashier_results(camera: Camera) -> None:
    camera.open_listed("/todo", "去发放")
    camera.click("a:has-text('登记发放结果')")
    camera.save()


@shot("township_supervisor")
def township_plan(camera: Camera) -> None:
    camera.open_listed("/distributions", "龙河村2025年度")
    camera.save(height=1500)


@shot("auditor")
def auditor_chain(camera: Camera) -> None:
    camera.open_listed("/distributions", "华溪村2025年度")
    camera.click("a:text-is('看来源') >> nth=0")
    camera.save()
