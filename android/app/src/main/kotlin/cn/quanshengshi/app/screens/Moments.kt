package cn.quanshengshi.app.screens

import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter

/** The province's time, whatever the phone is set to: a receipt is compared with others. */
private val CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"))

/** A moment of the portal's clock. */
internal fun moment(ms: ULong): String = CLOCK.format(Instant.ofEpochMilli(ms.toLong()))

/** Only the hour and minute, under a heading that names the day. */
internal fun hour(ms: ULong): String = moment(ms).substringAfter(' ')
