package cn.quanshengshi.app

import android.app.Application

/** The process: its ports, and the one handset. Both are made when the first window asks for them. */
open class App : Application() {
    /** The phone. */
    val ports: Ports by lazy(::made)

    /** The handset, opened once however often its window is made anew. */
    val session: Session by lazy { Session(ports) }

    /** The phone's own ports; a test has others. */
    protected open fun made(): Ports = PhonePorts(this)
}
