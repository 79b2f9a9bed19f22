using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Siamese.Model.Training;

/// <summary>What bit-exact replay depends on beside the trial itself: libtorch picks its kernels by the processor.</summary>
public static class MachineKind
{
    /// <summary>As `linux-x64, 512-bit vectors`.</summary>
    public static string Current { get; } = string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{RuntimeInformation.RuntimeIdentifier}, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors");
}
