using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Siamese.Model.Training;

/// <summary>The kind of machine, on which bit-exact replay depends besides the trial itself: libtorch picks its kernels by processor.</summary>
public static class MachineKind
{
    /// <summary>For example `linux-x64, 512-bit vectors`.</summary>
    public static string Current { get; } = string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{RuntimeInformation.RuntimeIdentifier}, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}-bit vectors");

    /// <summary>The kinds for a trial that is resumed here: `…, then …` if it was trained on another kind before.</summary>
    /// <param name="earlier">Where it was trained before; null if it starts here.</param>
    public static string After(string? earlier) =>
        earlier is null || earlier.EndsWith(Current, StringComparison.Ordinal) ? earlier ?? Current : $"{earlier}, then {Current}";
}
