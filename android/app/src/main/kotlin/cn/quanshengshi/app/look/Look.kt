package cn.quanshengshi.app.look

import android.annotation.SuppressLint
import android.content.Context
import android.content.res.ColorStateList
import android.content.res.Configuration
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.util.TypedValue
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.TextView

/** Sizes of signs, in the person's own unit. */
enum class Type(val sp: Float, val spacing: Float) {
    SMALL(14f, 1.2f),
    HINT(15f, 1.25f),
    BODY(17f, 1.3f),
    CARD(20f, 1.15f),
    TITLE(26f, 1.1f),
    PROMPT(28f, 1.1f),
}

/** How much larger “大字” is. */
private const val LARGE = 1.25f
internal const val ROUND = 14
private const val RIPPLE = 0x22808080

/** What everything is drawn with: colours, sizes, and the parts that all screens share. */
class Look(val context: Context, large: Boolean) {
    private val night =
        context.resources.configuration.uiMode and Configuration.UI_MODE_NIGHT_MASK == Configuration.UI_MODE_NIGHT_YES

    /** The colours of now. */
    val palette: Palette = if (night) Palette.DARK else Palette.LIGHT

    /** Whether signs on the system's bars must be dark. */
    val light: Boolean = !night

    private val scale = if (large) LARGE else 1f
    private val density = context.resources.displayMetrics.density

    /** Pixels of a length. */
    fun px(dp: Int): Int = (dp * density).toInt()

    /** A line or a paragraph. */
    fun text(words: CharSequence, type: Type = Type.BODY, colour: Int = palette.ink, bold: Boolean = false): TextView =
        TextView(context).apply {
            text = words
            setTextSize(TypedValue.COMPLEX_UNIT_SP, type.sp * scale)
            setLineSpacing(0f, type.spacing)
            setTextColor(colour)
            if (bold) setTypeface(Typeface.DEFAULT, Typeface.BOLD)
        }

    /** Parts below each other, so many lengths apart. */
    fun column(gap: Int, vararg parts: View?): LinearLayout =
        LinearLayout(context).apply {
            orientation = LinearLayout.VERTICAL
            for (part in parts.filterNotNull()) {
                val place = LinearLayout.LayoutParams(MATCH_PARENT, WRAP_CONTENT)
                if (childCount > 0) place.topMargin = px(gap)
                addView(part, place)
            }
        }

    /** Parts beside each other; the first takes what is left when it is to. */
    fun row(gap: Int, vararg parts: View?, stretch: View? = null): LinearLayout =
        LinearLayout(context).apply {
            gravity = Gravity.CENTER_VERTICAL
            for (part in parts.filterNotNull()) {
                val wide = part === stretch
                val place = LinearLayout.LayoutParams(if (wide) 0 else WRAP_CONTENT, WRAP_CONTENT, if (wide) 1f else 0f)
                if (childCount > 0) place.marginStart = px(gap)
                addView(part, place)
            }
        }

    /** An icon of a size. */
    fun icon(icon: Icon, colour: Int = palette.pine, size: Int = 24): View = Mark(context, icon.drawn(colour), px(size))

    /** A ground with round corners and a border. */
    fun ground(fill: Int, border: Int? = null, round: Int = ROUND, width: Int = 1): GradientDrawable =
        GradientDrawable().apply {
            setColor(fill)
            cornerRadius = px(round).toFloat()
            if (border != null) setStroke(px(width), border)
        }

    /** A ground that answers a touch. */
    fun touched(ground: Drawable): Drawable = RippleDrawable(ColorStateList.valueOf(RIPPLE), ground, null)

    /** The river's card. */
    fun river(colour: Int, round: Int): Drawable = River(colour, px(round).toFloat(), density)

    /** Room within a part. */
    fun <T : View> padded(view: T, across: Int, down: Int = across): T =
        view.apply { setPadding(px(across), px(down), px(across), px(down)) }
}

/** An icon, as large as it is and never larger. */
@SuppressLint("ViewConstructor")
private class Mark(context: Context, icon: Drawable, private val size: Int) : View(context) {
    init {
        background = icon
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) = setMeasuredDimension(size, size)
}
