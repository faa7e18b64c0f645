"""Pictures of disposals: applied for, checked, decided on, carried out, and the money used again."""

from camera import Camera, shot

#: What a village disposes of in the pictures.
IDLE = "华溪村太阳能路灯"
#: How what still goes on is to be settled.
PLANNED = {
    "plan_custody": "管护到拆除当天为止，与新路灯的管护一并交接。",
    "plan_repair": "拆除前验收、付清维修费。",
}


def apply_for(camera: Camera, asset: str) -> None:
    """Apply for the scrapping of an asset, up to the button."""
    camera.open(f"/assets?q={asset}")
    camera.click(f"main table a:text-is('{asset}') >> nth=0")
    camera.click("main a:has-text('申请处置') >> nth=0")
    camera.page.select_option("[name=kind]", label="报废")
    camera.page.select_option("[name=ground]", label="技术落后、没有维修价值")
    camera.fill(
        reason="控制器和电池大多损坏，亮灯率不到三成；已改装市电路灯。", effective_on="2027-01-15",
        use_of_proceeds="残值收入用于市电路灯电费",
    )  # fmt: skip
    for name, words in PLANNED.items():
        plan = camera.page.locator(f"[name={name}]")
        if plan.count() and plan.is_visible():
            plan.fill(words)


@shot("county_agriculture")
def disposals_list(camera: Camera) -> None:
    camera.open("/disposals")
    camera.save(height=900)


@shot("village_clerk")
def disposals_apply(camera: Camera) -> None:
    apply_for(camera, IDLE)
    camera.save()


@shot("village_clerk")
def disposals_check(camera: Camera) -> None:
    apply_for(camera, IDLE)
    camera.click("button:has-text('核对')")
    camera.save(height=1300)


@shot("county_government")
def disposals_approve(camera: Camera) -> None:
    camera.open_task("去签署")
    camera.save(height=1120)


@shot("village_head_5")
def disposals_execute(camera: Camera) -> None:
    camera.open_task("去核对执行")
    camera.fill(signed_by="谭世贵", paper_no="坪坝移交〔2026〕7号", receipt_no="农商行回单 0117")
    camera.save(height=1100)


@shot("village_clerk")
def disposals_proceeds(camera: Camera) -> None:
    camera.open_listed("/proceeds", "华溪村旧莼菜杀青机组")
    camera.save()
