package cn.quanshengshi.kit.next

import cn.quanshengshi.core.QssException

/** What a host does after a call failed. Exhaustive, so that a `when` over it forgets nothing. */
sealed interface NextStep {
    /** Why; `codeText` has its words. */
    val code: String

    /** Back to the scanner. */
    data class ScanAgain(override val code: String) : NextStep

    /** The person begins again at the PC. */
    data class StartOnPc(override val code: String) : NextStep

    /** Refresh the task, capture once more. */
    data class CaptureAgain(override val code: String) : NextStep

    /** The same call again, after a while. */
    data class TryAgain(override val code: String, val afterMs: ULong) : NextStep

    /** Another method, people, or a window; `afterMs` says when this one may be open again. */
    data class OtherWay(override val code: String, val afterMs: ULong?) : NextStep

    /** Say it and stop. */
    data class Stop(override val code: String) : NextStep

    /** Unlock the phone, then the same call again. */
    data class Unlock(override val code: String) : NextStep

    /** Ask the person, then `resetHandset`. */
    data class ResetVault(override val code: String) : NextStep

    /** This phone was disabled and is empty now. */
    data class StartAnew(override val code: String) : NextStep

    /** Make room, then the same call again. */
    data class MakeRoom(override val code: String) : NextStep

    /** Forget the copy and fetch it again. */
    data class FetchAgain(override val code: String) : NextStep

    /** Nothing: the call was ended by who made it. */
    data class Nothing(override val code: String) : NextStep

    /** A defect: log the code. */
    data class Report(override val code: String) : NextStep
}

/** Sorts an error of the core by what comes next. */
fun QssException.nextStep(): NextStep =
    when (this) {
        is QssException.ScanAgain -> NextStep.ScanAgain(code)
        is QssException.NewTask -> NextStep.StartOnPc(code)
        is QssException.NewAttempt -> NextStep.CaptureAgain(code)
        is QssException.TryAgain -> NextStep.TryAgain(code, afterMs)
        is QssException.OtherWay -> NextStep.OtherWay(code, afterMs)
        is QssException.Refused -> NextStep.Stop(code)
        is QssException.UnlockDevice -> NextStep.Unlock(code)
        is QssException.VaultReset -> NextStep.ResetVault(code)
        is QssException.Wiped -> NextStep.StartAnew(code)
        is QssException.DiskFull -> NextStep.MakeRoom(code)
        is QssException.FetchAgain -> NextStep.FetchAgain(code)
        is QssException.Cancelled -> NextStep.Nothing(code)
        is QssException.Internal -> NextStep.Report(code)
    }
