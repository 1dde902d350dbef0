//! What the sign-in page says.

use crate::texts::texts;

texts! {
    /// The texts of the sign-in page.
    LoginTexts:
    enterprise "法人登录" "Enterprise"
    personal "个人登录" "Person"
    account "账号" "Account"
    account_legal "填统一社会信用代码，18 位。" "The unified social credit code, 18 characters."
    account_personal "填证件号码或手机号。" "Your document number or mobile number."
    slider "滑动验证" "Slider"
    slider_alt "雪山拼图：把缺的一块移到空位" "Snow mountains: move the missing piece into its place"
    slider_drag "拖动滑块，把拼图移到空位" "Drag the piece into its place"
    slider_other "换一张" "Another picture"
    slider_range "拼图位置，用左右方向键移动" "Place of the piece, arrow keys move it"
    slider_hint "拖不动？用左右方向键，或" "Cannot drag? Use the arrow keys, or"
    slider_sms "改用短信验证码" "use a code by message"
    no_script "浏览器没有启用脚本，不能用滑动验证，请改用短信验证码。" "Without script the slider does not work. Use a code by message."
    sms_slider "改用滑动验证" "Use the slider instead"
    sms_sent_maybe "如果账号存在，验证码已发送到它绑定的手机，5 分钟内有效。" "If the account exists, a code was sent to its number, valid for 5 minutes."
    sms_account_first "请先填账号，再获取验证码。" "Fill in the account first, then ask for the code."
    preparing "正在准备，请稍等…" "Preparing, a moment…"
    caps_lock "请看大写锁定是否打开。" " See whether Caps Lock is on."
    wait_left "还要等" "To wait: "
    busy "系统繁忙，请过几秒再试。" "The system is busy. Try again in a few seconds."
    no_account "还没有账号？去注册" "No account? Register"
    other_ways "其他登录方式" "Other ways to sign in"
    national "国家政务服务平台账号" "National portal account"
    national_legal "外省企业请用这个" "For enterprises of other provinces"
    national_personal "用国家平台的账号登录" "Sign in with your national account"
    licence "电子营业执照" "Electronic licence"
    licence_text "用电子营业执照小程序扫码" "Scan with the licence mini-program"
}
