"""Forms about people: signing in, one's own security, accounts and grants."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, PasswordField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput

from registry.accounts.services import NewUser
from registry.accounts.tokens import TokenFacts
from registry.kinds import Sector
from registry.permissions import Grant, Role
from registry.token_scopes import Scope
from registry.web import PROOF, BaseForm

NEEDED = DataRequired(_l("这一项必填。"))
UNIT_CODE = (NEEDED, Regexp(r"^\s*[0-9]{12}\s*$", message=_l("区划代码是 12 位数字。")))
TYPED = {"inputmode": "numeric", "autocomplete": "off"}


class SignInForm(BaseForm):
    """User name and password."""

    username = StringField(_l("用户名"), [NEEDED, Length(max=40)], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("密码"), [NEEDED, Length(max=128)], render_kw={"autocomplete": "current-password"})


class CodeForm(BaseForm):
    """The six digits of the authenticator app."""

    code = StringField(
        _l("动态口令"), [NEEDED, Length(max=10)], render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"}
    )


class PasswordProofForm(BaseForm):
    """The password once more, before a deed that hurts when somebody else does it."""

    proof = PasswordField(
        _l("密码"), [NEEDED, Length(max=128)], name=PROOF, render_kw={"autocomplete": "current-password"}
    )


class CodeProofForm(BaseForm):
    """Six digits of the authenticator app, for those who have one."""

    proof = StringField(
        _l("动态口令"), [NEEDED, Length(max=10)], name=PROOF,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )  # fmt: skip


class PasswordForm(BaseForm):
    """A new password of one's own."""

    current = PasswordField(_l("现在的密码"), [NEEDED, Length(max=128)], render_kw={"autocomplete": "current-password"})
    password = PasswordField(_l("新密码"), [NEEDED, Length(max=128)], render_kw={"autocomplete": "new-password"})
    again = PasswordField(_l("再输一次新密码"), [NEEDED, Length(max=128)], render_kw={"autocomplete": "new-password"})


class UserForm(BaseForm):
    """A new account."""

    username = StringField(_l("用户名"), [NEEDED, Length(max=40)], render_kw={"autocomplete": "off"})
    name = StringField(_l("姓名"), [NEEDED, Length(max=40)])
    post = StringField(_l("职务"), [NEEDED, Length(max=60)])
    unit_code = StringField(_l("所在单位代码"), UNIT_CODE, render_kw=TYPED)

    def to_user(self) -> NewUser:
        return NewUser(self.username.data, self.name.data, self.post.data, self.unit_code.data.strip())


class SetupForm(UserForm):
    """The first account of an empty installation."""

    setup_code = StringField(_l("一次性设置码"), [NEEDED, Length(max=40)], render_kw={"autocomplete": "off"})
    password = PasswordField(_l("密码"), [NEEDED, Length(max=128)], render_kw={"autocomplete": "new-password"})
    security_name = StringField(_l("安全管理员用户名"), [NEEDED, Length(max=40)], render_kw={"autocomplete": "off"})
    security_person = StringField(_l("安全管理员姓名"), [NEEDED, Length(max=40)])


class GrantForm(BaseForm):
    """A role in a unit from a day on."""

    role = SelectField(_l("角色"), [NEEDED])
    region_code = StringField(_l("单位代码"), UNIT_CODE, render_kw=TYPED)
    sector = SelectField(_l("行业（仅行业主管部门选）"), [Optional()])
    valid_from = DateField(_l("生效日期"), [NEEDED])
    basis = StringField(_l("依据（文件或会议）"), [NEEDED, Length(max=200)])

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = [SelectChoice(role.value, _l(role.label)) for role in Role]
        sectors = [SelectChoice(sector.value, _l(sector.label)) for sector in Sector]
        self.sector.choices = [SelectChoice("", _l("不限行业")), *sectors]

    def to_grant(self) -> Grant:
        sector = Sector(self.sector.data) if self.sector.data else None
        return Grant(Role(self.role.data), self.region_code.data.strip(), sector)


class TokenForm(BaseForm):
    """A token for programs."""

    name = StringField(_l("名称"), [NEEDED, Length(max=40)])
    scopes = SelectMultipleField(
        _l("用途"), [NEEDED], option_widget=CheckboxInput(), choices=lambda: [
            SelectChoice(scope.value, _l(scope.label)) for scope in Scope
        ],
    )  # fmt: skip
    unit_code = StringField(_l("限于单位（区划代码）"), UNIT_CODE, render_kw=TYPED)
    expires_on = DateField(_l("到期日"), [NEEDED])

    def to_facts(self) -> TokenFacts:
        scopes = frozenset(Scope(one) for one in self.scopes.data or ())
        return TokenFacts(self.name.data, scopes, self.unit_code.data.strip(), self.expires_on.data)


class ReasonForm(BaseForm):
    """Why something is done that others will ask about."""

    reason = TextAreaField(_l("理由"), [NEEDED, Length(max=200)])


class ActForm(BaseForm):
    """A button that needs no further words."""
