"""Pictures of boards, periods, warnings, findings, duties, evaluation, samples and the auditor's desk."""

from camera import PHONE, Camera, shot

#: The village whose people the demo signs in as.
VILLAGE = "500240213203"


@shot("county_agriculture")
def board_county(camera: Camera) -> None:
    camera.open("/board")
    camera.save(height=1300)


@shot("village_clerk")
def board_village(camera: Camera) -> None:
    camera.open("/board")
    camera.save(height=1200)


@shot("township_supervisor", PHONE)
def board_phone(camera: Camera) -> None:
    camera.open("/board")
    camera.save(height=1100)


@shot("county_agriculture")
def periods_list(camera: Camera) -> None:
    camera.open("/periods?kind=MONTH")
    camera.save(height=680)


@shot("county_agriculture")
def periods_table(camera: Camera) -> None:
    camera.open("/periods?kind=MONTH")
    camera.click("main td a >> nth=1")
    camera.save(height=1000)


@shot("county_agriculture")
def warnings_list(camera: Camera) -> None:
    camera.open("/warnings")
    camera.save(height=900)


@shot("county_agriculture")
def warnings_one(camera: Camera) -> None:
    camera.open_listed("/warnings?risk=ARREARS_LONG", "租金长期拖欠")
    camera.save(height=600)


@shot("county_agriculture")
def warnings_hand_off(camera: Camera) -> None:
    camera.open_listed("/warnings?risk=ARREARS_LONG", "租金长期拖欠")
    camera.click("main a:text-is('交办')")
    camera.page.select_option("[name=to_code]", label="中益乡")
    camera.fill(text="书面催缴没有结果。请乡镇约谈承租方，限期缴清；缴不清的，按合同收回资产、追缴欠款。")
    camera.save(height=680)


@shot("county_agriculture")
def warnings_told(camera: Camera) -> None:
    camera.open_listed("/warnings/hand-offs?state=OPEN", "处置收入超期未用")
    camera.save(height=600)


@shot("county_agriculture")
def findings_list(camera: Camera) -> None:
    camera.open("/findings")
    camera.save(height=960)


@shot("county_agriculture")
def findings_one(camera: Camera) -> None:
    camera.open_listed("/findings?state=REPORTED", "渠底开裂")
    camera.save(height=720)


@shot("township_supervisor")
def findings_check(camera: Camera) -> None:
    camera.open_task("去核查")
    camera.fill(words="到现场看了两处渠底，已用混凝土修补，放水两小时不再渗漏；巡查记录已补记。")
    camera.save(height=780)


@shot("county_agriculture")
def duties_list(camera: Camera) -> None:
    camera.open("/duties")
    camera.save(height=1000)


@shot("county_clerk")
def evaluation_one(camera: Camera) -> None:
    camera.open_listed("/evaluations", "2025年度")
    camera.save(height=1200)


@shot("county_agriculture")
def evaluation_line(camera: Camera) -> None:
    camera.open_listed("/evaluations", "2025年度")
    camera.click("main a:has-text('逐项看资产') >> nth=0")
    camera.click("main td.name a >> nth=0")
    camera.save(height=1180)


@shot("county_clerk")
def evaluation_support(camera: Camera) -> None:
    camera.open_listed("/evaluations", "名单")
    camera.save(height=1100)


@shot("auditor")
def sampling_one(camera: Camera) -> None:
    camera.open_listed("/samples", "专项审计抽查")
    camera.save(height=1300)


@shot("county_agriculture")
def engagements_one(camera: Camera) -> None:
    camera.open_listed("/engagements", "立衡")
    camera.save(height=720)


@shot("auditor")
def auditor_desk(camera: Camera) -> None:
    camera.open("/audit-desk")
    camera.save(height=880)


@shot("auditor")
def auditor_verify(camera: Camera) -> None:
    camera.open("/audit-desk/verify")
    camera.click("button:has-text('核验这个单位')")
    camera.save(height=640)


@shot("auditor")
def auditor_bundle(camera: Camera) -> None:
    camera.open("/audit-desk/bundles")
    camera.page.select_option("[name=region_code]", value=VILLAGE)
    camera.click("button:has-text('做证据包')")
    camera.save(height=640)


@shot("county_clerk")
def stocktaking_round(camera: Camera) -> None:
    camera.open_listed("/stocktaking", "2026年度")
    camera.save(height=1000)


@shot("village_clerk")
def stocktaking_sheet(camera: Camera) -> None:
    camera.open_listed("/stocktaking", "2026年度")
    camera.click("main a:has-text('华溪村') >> nth=0")
    camera.save(height=1000)


@shot("", PHONE)
def public_page(camera: Camera) -> None:
    camera.open(f"/public/{VILLAGE}")
    camera.save(height=1700)
