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

    /// <summary>The same for a trial that goes on here: `…, then …` where it came from another kind.</summary>
    /// <param name="earlier">Where it was trained before; null where it begins here.</param>
    public static string After(string? earlier) =>
        earlier is null || earlier.EndsWith(Current, StringComparison.Ordinal) ? earlier ?? Current : $"{earlier}, then {Current}";
}
