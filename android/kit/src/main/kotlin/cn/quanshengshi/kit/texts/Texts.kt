package cn.quanshengshi.kit.texts

import cn.quanshengshi.core.FacePrompt
import cn.quanshengshi.core.ScanGuidance
import cn.quanshengshi.core.TextLanguage

/** Every text of the shell that the core does not bring, in both languages. Chinese first. */
enum class Say(private val zh: String, private val en: String) {
    RETRY("再试一次", "Try again"),
    SCAN_AGAIN("重新扫", "Scan again"),
    TYPE_DIGITS("改为输入 9 位数字", "Type the 9 digits instead"),
    SYSTEM_SETTINGS("去设置里打开", "Open the system settings"),
    OTHER_WAYS("用其他办法", "Use another way"),
    UNLOCK("解锁手机", "Unlock the phone"),
    RESET("清空卡包，重新取回证照", "Clear the wallet and fetch the certificates again"),
    FREE_SPACE("去清理空间", "Make room"),
    FORGET_COPY("删除这份，重新下载", "Remove this copy and download it again"),
    OFFLINE_COPIES("看离线证照", "Show the offline certificates"),
    HOME("回首页", "Home"),
    UNKNOWN_TROUBLE("出了点问题，请再试一次", "Something went wrong. Try again"),
    SCAN_AIM("对准电脑上的大二维码", "Aim at the large code on the computer"),
    SCAN_TOO_FAR("再靠近一点", "Go nearer"),
    SCAN_BLURRED("请拿稳手机", "Hold the phone still"),
    SCAN_DARK("光线太暗，可以打开手电筒", "Too dark: switch the light on"),
    SCAN_GLARE("屏幕反光，请把手机斜一点", "A reflection is in the way: tilt the phone"),
    FACE_FIND("请将脸移到框内", "Move your face into the frame"),
    FACE_HOLD("请看正前方，保持不动", "Look straight ahead and hold still"),
    FACE_BACK("很好，请回到正前方", "Good. Come back to the middle"),
    FACE_GOOD("很好，保持", "Good, go on"),
    FACE_DONE("好了，正在核验", "Done. It is being checked"),
    DO_TURN_LEFT("请慢慢向左转头", "Slowly turn your head to the left"),
    DO_TURN_RIGHT("请慢慢向右转头", "Slowly turn your head to the right"),
    DO_OPEN_MOUTH("请张开嘴，再合上", "Open your mouth, then close it"),
    DO_NOD("请慢慢点头", "Slowly nod"),
    DO_LOOK_STRAIGHT("请看正前方", "Look straight ahead"),
    DO_COME_CLOSER("请靠近手机，再慢慢离开", "Come closer to the phone, then move back"),
    DO_BLINK("请眨一下眼", "Blink once"),
    NOTICE_TITLE("刷脸前，请您单独同意", "Before the face check we ask for your consent"),
    NOTICE_PURPOSE("只用来确认是您本人，只用这一次。", "Only to make sure that it is you, only this once."),
    NOTICE_OPTIONAL(
        "可以不同意，不影响您办事，可以改用其他办法。",
        "You may refuse. Nothing is lost by it: there are other ways.",
    ),
    RESULT_APPROVED("认证成功，请回到电脑继续", "Done. Go on at the computer"),
    RESULT_REVIEW("已转人工审核，结果会通知您", "People will decide; you will be told"),
    RESULT_FAILED("这次没有通过，可以换个办法", "It did not work this time. Try another way"),
    RESULT_ENDED("本次操作已结束", "This has ended"),
    WALLET_EMPTY(
        "还没有证照。在电脑上选好证照，再用这里扫一扫，就会出现",
        "No certificates yet. Choose one on the computer and scan its code here",
    ),
    WALLET_OFFLINE("没有网络，正在看离线副本", "No network: these are the offline copies"),
    LOG_EMPTY("还没有记录", "Nothing has been done yet"),
    SIGNED_OUT("已退出，本机证照已清空", "Signed out. Nothing is kept on this phone"),
    SIGNED_OUT_UNTOLD(
        "已退出，本机证照已清空。没有网络，请在电脑“我的手机”里停用本机",
        "Signed out. Nothing is kept on this phone. There was no network: disable this phone on the computer",
    ),
    ;

    /** The text in a language. */
    fun text(language: TextLanguage): String =
        when (language) {
            TextLanguage.ZH -> zh
            TextLanguage.EN -> en
        }
}

/** What to say about a picture that was not read. */
fun sayOf(guidance: ScanGuidance?): Say =
    when (guidance) {
        ScanGuidance.TOO_FAR -> Say.SCAN_TOO_FAR
        ScanGuidance.TOO_BLURRED -> Say.SCAN_BLURRED
        ScanGuidance.TOO_DARK -> Say.SCAN_DARK
        ScanGuidance.GLARE -> Say.SCAN_GLARE
        ScanGuidance.NOTHING_SEEN, null -> Say.SCAN_AIM
    }

/** The line that is shown and spoken for a prompt. */
fun sayOf(prompt: FacePrompt): Say =
    when (prompt) {
        FacePrompt.TURN_LEFT -> Say.DO_TURN_LEFT
        FacePrompt.TURN_RIGHT -> Say.DO_TURN_RIGHT
        FacePrompt.OPEN_MOUTH -> Say.DO_OPEN_MOUTH
        FacePrompt.NOD -> Say.DO_NOD
        FacePrompt.LOOK_STRAIGHT -> Say.DO_LOOK_STRAIGHT
        FacePrompt.COME_CLOSER -> Say.DO_COME_CLOSER
        FacePrompt.BLINK -> Say.DO_BLINK
    }
