//! The words of sign-in by other authorities.

use crate::texts::texts;
use crate::vouched::Role;

texts! {
    /// The pages of the national portal's sign-in, of the electronic licence's, and the stand-in.
    VouchedTexts:
    national "国家政务服务平台账号" "National government-services account"
    licence "电子营业执照" "Electronic business licence"
    cannot "没有登录成功" "You are not signed in"
    again "重新登录" "Sign in again"
    scan_to_confirm "去扫码确认" "Go on and scan"
    scan_again "重新扫码" "Get a new code"
    other_ways "其他登录方式" "Other ways to sign in"
    way_password "账号密码登录" "Account and password"
    way_password_text "已有账号的，用密码登录" "For an account that has a password"
    way_national_text "外省企业请用这个" "For enterprises of other provinces"
    way_licence_text "用电子营业执照小程序扫码" "Scan with the licence's mini-program"
    way_register "注册账号" "Register"
    way_register_text "填写信息，再用手机刷脸" "Fill in a form, then show your face to the phone"

    national_off "这里还没有接通国家政务服务平台" "The national portal is not connected here"
    national_off_text "本站点暂时不能用国家平台账号登录。请用下面的方式。" "You cannot sign in with a national account on this site yet. Use one of the ways below."
    licence_off "这里还没有接通电子营业执照" "The electronic licence is not connected here"
    licence_off_text "本站点暂时不能用电子营业执照登录。请用下面的方式。" "You cannot sign in with the electronic licence on this site yet. Use one of the ways below."
    national_claims "国家政务服务平台给出的信息不完整，请先在国家平台核对您的资料。" "What the national portal told us is incomplete. Check your details there first."
    licence_claims "电子营业执照给出的信息不完整，请先在电子营业执照里核对。" "What the electronic licence told us is incomplete. Check it there first."
    low_text "这个账号已有人实名，国家平台的低等级账号不能打开它。请用密码登录，或先在国家平台提升实名等级。" "This account is proven already; a national account of a low level cannot open it. Sign in with the password, or raise your level first."

    scan_title "用电子营业执照登录" "Sign in with the electronic licence"
    scan_text "请法定代表人或被授权的办事人，用电子营业执照小程序扫码。" "The legal representative or an authorised person scans the code with the licence's mini-program."
    card_title "用“电子营业执照”扫一扫" "Scan with the licence's mini-program"
    card_tag "电子营业执照的码" "Code of the electronic licence"
    card_not "不是“全省事”的码，请不要用全省事扫" "Not a code of Quanshengshi; do not scan it with that app"
    qr_label "电子营业执照登录二维码，请用电子营业执照小程序扫描" "Sign-in code of the electronic licence. Scan it with the licence's mini-program"
    waiting "等待扫码" "Waiting for a scan"
    seconds_left "秒内有效" "s left"
    waiting_text "在小程序里确认后，本页会自动继续。" "Once you confirm there, this page goes on by itself."
    look_again "已在手机上确认？点这里继续" "Confirmed on the phone? Go on here"
    expired_button "点击刷新" "New code"
    how_title "怎么做" "How"
    how_1 "打开微信或支付宝" "Open Weixin or Alipay"
    how_1_text "搜索小程序“电子营业执照”。" "Search for the mini-program 电子营业执照."
    how_2 "选择企业执照" "Choose the licence"
    how_2_text "点“扫一扫”，扫本页的码。" "Tap Scan there and scan the code on this page."
    how_3 "确认登录" "Confirm"
    how_3_text "核对网站名称“黑龙江政务服务”，再确认。" "Check the site's name, Heilongjiang Government Services, then confirm."
    how_4 "第一次来，补一项信息" "First time here: one more detail"
    how_4_text "补上法定代表人证件的起止时间，就注册好了。" "Add the dates of the representative's document, and the account is made."
    who_may "谁可以扫" "Who may scan"
    who_may_text "登录：法定代表人、执照管理员、办事人都可以。首次注册：法定代表人或执照管理员。查看、下载证照：须由法定代表人本人刷脸。" "Signing in: the legal representative, a licence administrator or an operator. First registration: the representative or an administrator. Certificates: only the representative's own face."
    registered "注册成功。请再扫一次码登录。" "The account is made. Scan once more to sign in."
    sample_open "样例：打开模拟的小程序" "Sample: open the pretended mini-program"

    complete_title "完善法人信息" "One more detail"
    complete_text "这家企业第一次来。核对下面的信息，补上法定代表人证件的起止时间。" "This enterprise is new here. Check the details and add the dates of the representative's document."
    told_by "电子营业执照给出的信息" "Told by the electronic licence"
    enterprise "企业名称" "Enterprise"
    credit_code "统一社会信用代码" "Credit code"
    representative "法定代表人" "Legal representative"
    document "证件" "Document"
    you_are "您的身份" "Your role"
    dates "法定代表人证件的起止时间" "Dates of the representative's document"
    dates_hint "照证件填写，例如 2016.03.07；长期有效，止期填“长期”。" "Copy from the document, such as 2016.03.07. For a long-term card the last day is 长期."
    start "有效期起" "First day"
    end "有效期止" "Last day"
    term_unfit "起止时间不是 5 年、10 年、20 年或长期，请核对证件背面。" "The dates are not 5, 10 or 20 years apart, nor long-term. Check the back of the card."
    agree "点“完成注册”，表示同意" "By finishing you agree to the"
    agreement "用户服务协议与隐私说明" "user agreement and privacy notice"
    finish "完成注册" "Finish"
    not_now "不注册了" "Not now"
    over "没有要完善的信息" "Nothing to complete"
    over_text "可能等得太久了。请重新扫码。" "It may have taken too long. Scan again."

    role_representative "法定代表人" "Legal representative"
    role_administrator "执照管理员" "Licence administrator"
    role_operator "办事人" "Operator"

    mini_title "模拟的电子营业执照小程序" "Pretended licence mini-program"
    mini_text "样例站点用它代替真的小程序。企业和人名均为虚构。" "A sample site uses it in place of the real one. Every enterprise and person is fictional."
    mini_asks "“黑龙江政务服务”请求登录" "Heilongjiang Government Services asks to sign you in"
    mini_holder "用哪家企业的执照" "Which enterprise's licence"
    mini_role "您的身份" "Your role"
    mini_confirm "确认登录" "Confirm"
    mini_decline "不同意" "Decline"
    mini_confirmed "已确认。请回到电脑继续。" "Confirmed. Go on at the computer."
    mini_denied "没有同意。电脑不会登录。" "Declined. The computer will not be signed in."
    mini_expired "这张码已过期。请在电脑上换一张。" "This code has expired. Get a new one at the computer."
}

impl VouchedTexts {
    /// The word for a role.
    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::LegalRepresentative => self.role_representative,
            Role::LicenceAdministrator => self.role_administrator,
            Role::Operator => self.role_operator,
        }
    }
}
