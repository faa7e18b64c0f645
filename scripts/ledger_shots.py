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
    camera.click("tr:has(td:text-is('收益登记')) a:text-is('去登记')")
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
    camera.open("/income/arrears")
    camera.save()


@shot("village_clerk")
def beneficiaries_roll(camera: Camera) -> None:
    camera.open("/beneficiaries")
    camera.save()


@shot("village_clerk")
def beneficiaries_adjust(camera: Camera) -> None:
    camera.open("/beneficiaries/adjust")
    rows = camera.page.locator("main table tbody tr")
    rows.filter(has_text="马培田").locator("select").first.select_option(label="识别有误，清退")
    rows.filter(has_text="花成林").locator("select").first.select_option(label="新增低保")
    camera.fill(basis="2026年11月入户核查表、村民代表会议记录", event_on="2026-11-15")
    camera.click("button:has-text('下一步：核对')")
    camera.save(height=420)


@shot("village_clerk")
def distribution_uses(camera: Camera) -> None:
    camera.open("/distributions/new")
    camera.fill(
        title="华溪村2026年7—11月扶贫项目资产收益分配方案", year="2026", period_from="2026-07", period_to="2026-11"
    )
    camera.click("button:has-text('下一步')")
    camera.fill(result="600000", fund="0", paper="2026年11月收益表", charter="25", charter_basis="章程第三十二条")
    camera.fill(prior_loss="0", prior_surplus="0")
    camera.click("button:has-text('下一步')")
    once, members = "一次性，不分月份", "成员份额：随持有人或继承人"
    for kind, label, amount, basis, entitlement, named in (
        ("项目资产管护", "冷库年度保养", "18000", "整笔列支", once, ""),
        ("困难救助", "突发困难救助", "6000", "按列明的金额", once, "向泽碧 3000\n汤德华 3000"),
        ("效益分红", "成员按份额分红", "30000", "按份额", members, ""),
    ):
        camera.page.select_option("[name=kind]", label=kind)
        camera.page.select_option("[name=basis]", label=basis)
        camera.page.select_option("[name=entitlement]", label=entitlement)
        camera.fill(label=label, amount=amount, named=named)
        camera.click("button:has-text('列入方案')")
    camera.save(height=1330)


@shot("village_clerk")
def distribution_plan(camera: Camera) -> None:
    camera.open_listed("/distributions", "华溪村2026年上半年")
    camera.save(height=1500)


@shot("village_clerk")
def distribution_payout(camera: Camera) -> None:
    camera.open_listed("/payouts", "-2026-002")
    camera.save(height=1300)


@shot("township_accountant")
def books_balance(camera: Camera) -> None:
    camera.open_listed("/books", BOOK)
    camera.save()


@shot("village_head")
def books_closing(camera: Camera) -> None:
    camera.open_listed("/books", BOOK)
    camera.click("nav.tabs a:text-is('结账')")
    camera.save(height=760)


@shot("village_head")
def heads_todo(camera: Camera) -> None:
    camera.open("/todo")
    camera.save(height=1000)


@shot("cashier")
def cashier_results(camera: Camera) -> None:
    camera.open_task("去发放")
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
