package cn.quanshengshi.app.look

/** Colours by their part, as in the portal's stylesheet. */
data class Palette(
    val page: Int,
    val surface: Int,
    val sunken: Int,
    val ink: Int,
    val inkSecond: Int,
    val hint: Int,
    val line: Int,
    val edge: Int,
    val pine: Int,
    val pineTint: Int,
    val onPine: Int,
    val red: Int,
    val redTint: Int,
    val amber: Int,
    val amberTint: Int,
    val green: Int,
    val greenTint: Int,
) {
    companion object {
        /** By day. */
        val LIGHT = Palette(
            page = colour(0xf3f6f5),
            surface = colour(0xffffff),
            sunken = colour(0xe8eeec),
            ink = colour(0x14211f),
            inkSecond = colour(0x3c4b47),
            hint = colour(0x566661),
            line = colour(0xcdd7d3),
            edge = colour(0x6d7e78),
            pine = colour(0x0b5d56),
            pineTint = colour(0xe0efeb),
            onPine = colour(0xffffff),
            red = colour(0xb3261e),
            redTint = colour(0xfdecea),
            amber = colour(0x7a4a00),
            amberTint = colour(0xfff2d6),
            green = colour(0x19663a),
            greenTint = colour(0xe2f3e8),
        )

        /** Where the phone is set to dark. */
        val DARK = Palette(
            page = colour(0x0d1513),
            surface = colour(0x16211e),
            sunken = colour(0x1f2c28),
            ink = colour(0xe9f0ed),
            inkSecond = colour(0xc0ccc7),
            hint = colour(0xa0afa9),
            line = colour(0x32423d),
            edge = colour(0x82958e),
            pine = colour(0x7fd3c2),
            pineTint = colour(0x173a35),
            onPine = colour(0x06231f),
            red = colour(0xffb4a9),
            redTint = colour(0x3b1c18),
            amber = colour(0xf6c870),
            amberTint = colour(0x352910),
            green = colour(0x93dbab),
            greenTint = colour(0x14321f),
        )
    }
}

/** Grounds of the cards in the wallet, with white signs, by day and by night. */
enum class CardGround(val colour: Int) {
    PINE(colour(0x0b5d56)),
    BLUE(colour(0x1d4a73)),
    EARTH(colour(0x5f4523)),
    GREY(colour(0x4c5855)),
}

/** The camera's own ground. */
internal val DARKROOM = colour(0x0c1412)

/** What lies over the camera's picture. */
internal val VEIL = 0xe6081210.toInt()

/** Never text, never the only sign: where one is. */
internal val GOLD = colour(0xffc640)

private const val OPAQUE = 0xff shl 24

private fun colour(rgb: Int): Int = OPAQUE or rgb
