"""Pictures of the register, of title, custody and what stands on the board; each function is one picture."""

from datetime import date, timedelta

from camera import PHONE, Camera, shot


@shot("village_clerk")
def village_home(camera: Camera) -> None:
    camera.save(1500)


@shot("village_clerk")
def village_import(camera: Camera) -> None:
    owner = "华溪村股份经济合作社"
    rows = (
        "所在村|资产名称|类别|资产子类|原值（元）|购建时间|所有权人",
        "合计||||1,486,000||",
        f"华溪村|蜂蜜灌装线|经营性资产|加工设施|486000|2020-06|{owner}",
        f"华溪村|三组蓄水池|公益性资产|农田水利|96,000.00|2019|{owner}",
        f"华溪村|育苗棚设备|经营性资产|设施农业|128.64万|2021-03|{owner}",
        f"华溪村|村道护栏|经营/公益|农村公路|52000|2o19|{owner}",
        f"中坝村|水渠|公益性资产|农田水利|80000|2018-11|{owner}",
    )
    camera.open("/import")
    camera.page.click("summary:has-text('不传文件')")
    camera.fill(pasted="\n".join(row.replace("|", "\t") for row in rows))
    camera.click("button:has-text('上传并预检')")
    camera.save()


@shot("village_clerk")
def village_title(camera: Camera) -> None:
    camera.open_listed("/title?status=DRAFT", "首次确权")
    camera.save()


@shot("village_clerk_2")
def village_meeting(camera: Camera) -> None:
    camera.open_task("去登记会议")
    camera.click("a:has-text('登记会议和表决')")
    camera.click("table a >> nth=0")
    on = date.today()  # noqa: DTZ011 - the day of the machine that takes the picture
    camera.fill(
        body_name="龙河村股份经济合作社成员大会", held_on=str(on - timedelta(1)), notified_on=str(on - timedelta(12)),
        place="村便民服务中心", chair="马庆元", recorder="马兴会", due="96", present="71", proxies="6",
        items__0__agreed="70", items__0__opposed="4", items__0__abstained="3",
    )  # fmt: skip
    camera.click("button[name=count]")
    camera.save(clip=camera.span("到会", "表决"))


@shot("village_clerk_2")
def village_publication(camera: Camera) -> None:
    camera.open_task("去公开")
    camera.save(height=1135)


@shot("village_head")
def heads_objection(camera: Camera) -> None:
    camera.open_task("去答复")
    camera.page.check("input[name=finding] >> nth=0")
    camera.fill(
        text="到展馆核对了台账和合作社的发票：蜂箱展架是合作社2022年自己买的，不在项目里。已从确权清单里剔除，"
        "退回修改后重新公示。"
    )
    camera.save()


@shot("custodian", PHONE)
def custodian_accept(camera: Camera) -> None:
    camera.open_task("接受或谢绝")
    camera.save()


@shot("custodian", PHONE)
def custodian_round(camera: Camera) -> None:
    camera.open("/patrols/round")
    camera.save()


@shot("custodian", PHONE)
def custodian_scan(camera: Camera) -> None:
    camera.open("/custody")
    number = (camera.page.locator("td.name a").first.get_attribute("href") or "").split("/")[2]
    camera.open(f"/q/{number}")
    camera.save()


@shot("township_supervisor")
def township_todo(camera: Camera) -> None:
    camera.open("/todo")
    camera.save(height=1000)


@shot("township_supervisor")
def township_decide(camera: Camera) -> None:
    camera.open("/todo")
    camera.click("tr:has(td:text-is('更正')) a.btn")
    camera.save()


@shot("county_agriculture")
def case_decide(camera: Camera) -> None:
    camera.open_listed("/requests?status=OPEN", "脆红李采摘园")
    camera.save()


@shot("county_agriculture")
def county_filed(camera: Camera) -> None:
    camera.open_listed("/requests?status=CALLED_IN", "移交")
    camera.save()


@shot("county_agriculture")
def county_summary(camera: Camera) -> None:
    camera.open("/reports/summary")
    camera.save()


@shot("county_clerk")
def county_policy(camera: Camera) -> None:
    camera.open("/policy")
    camera.page.evaluate(
        "document.querySelectorAll('section[aria-labelledby=procedures] details.panel')"
        ".forEach(one => { one.open = one.textContent.includes('集体所有的经营性资产确权') })"
    )
    camera.save(height=1560)


@shot("county_government")
def county_route(camera: Camera) -> None:
    camera.open_listed("/policy", "建成移交")
    camera.save()


@shot("auditor")
def auditor_print(camera: Camera) -> None:
    camera.open("/reports")
    camera.click("button:has-text('打印并登记')")
    camera.save()


@shot("", PHONE)
def public_notice(camera: Camera) -> None:
    camera.open_listed("/public/500240213203/notices", "蜜蜂主题研学馆")
    camera.save()


@shot("", PHONE)
def public_answer(camera: Camera) -> None:
    camera.open_listed("/public/500240213203/notices", "蜜蜂主题研学馆")
    camera.click("a:has-text('我有异议') >> visible=true")
    camera.fill(text="研学馆的门前地坪是我家承包地，还没有说好，不该算进去。")
    camera.page.check("input[name=ground] >> nth=0")
    camera.click("button:has-text('提交异议')")
    receipt = camera.page.locator("p.big").inner_text().strip()
    head = camera.another("village_head")
    head.open_listed("/notices", "蜜蜂主题研学馆")
    head.click("li:has-text('门前地坪') a:text-is('答复')")
    head.page.check("input[name=finding] >> nth=1")
    head.fill(
        text="查了2019年的土地流转合同和现场：地坪在流转范围以内，流转费已付到2029年，合同复印件在村便民服务中心。"
    )
    head.click("button:text-is('答复')")
    camera.open("/public/objections")
    camera.fill(receipt=receipt)
    camera.click("button:has-text('查询')")
    camera.save()
