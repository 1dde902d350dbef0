package cn.quanshengshi.app

import android.util.Log
import cn.quanshengshi.core.HostLog
import cn.quanshengshi.core.LogLevel
import cn.quanshengshi.core.LogLine

/** The core's lines in the system's log: routes and codes, nothing about a person. */
internal object SystemLog : HostLog {
    override fun line(line: LogLine) {
        val grave = when (line.level) {
            LogLevel.ERROR -> Log.ERROR
            LogLevel.WARN -> Log.WARN
            LogLevel.INFO -> Log.INFO
            LogLevel.DEBUG -> Log.DEBUG
        }
        Log.println(grave, "qss.${line.room}", line.text)
    }
}
