package android.hardware.camera2

/** A class of Android 15 that Robolectric's camera names in a signature; on Android 14 it would not be found. */
@Suppress("ktlint:standard:class-naming", "ClassNaming")
abstract class `CameraDevice$CameraDeviceSetup`
