namespace Siamese.Plots.Drawing;

/// <summary>A colour, for a light and for a dark background.</summary>
/// <param name="Name">Short, for style sheets.</param>
/// <param name="Light">On a light background, as `#rrggbb`.</param>
/// <param name="Dark">On a dark background.</param>
public sealed record Ink(string Name, string Light, string Dark)
{
    /// <summary>The background.</summary>
    public static readonly Ink Paper = new("paper", "#ffffff", "#16191d");

    public static readonly Ink Text = new("text", "#1f2328", "#e6e9ec");

    /// <summary>For what is less important, and for frames.</summary>
    public static readonly Ink Faint = new("faint", "#57606a", "#a3adb8");

    public static readonly Ink Grid = new("grid", "#dde1e6", "#343a41");

    /// <summary>Distinct colours for lines, also for people who do not see all colours (Okabe and Ito, "Color Universal Design", 2008).</summary>
    public static readonly IReadOnlyList<Ink> Series =
    [
        new("blue", "#0072b2", "#56b4e9"),
        new("vermilion", "#d55e00", "#f0834a"),
        new("green", "#00805f", "#2fc49a"),
        new("purple", "#a8508a", "#d98bbb"),
        new("orange", "#b87a00", "#e69f00"),
        new("slate", "#51606e", "#9fb0c0"),
        new("brown", "#7a4f2b", "#c49a6c"),
        new("teal", "#007a87", "#4cc3d0"),
        new("red", "#b3261e", "#f2857c"),
        new("olive", "#6b7300", "#b9c23a"),
    ];

    /// <summary>From the best to the worst.</summary>
    public static readonly IReadOnlyList<Ink> Ranks =
    [
        new("rank1", "#440154", "#fde725"),
        new("rank2", "#3b528b", "#a0da39"),
        new("rank3", "#21908d", "#4ac16d"),
        new("rank4", "#6dbd6a", "#2f8f8b"),
        new("rank5", "#c9cf5a", "#4f6294"),
    ];

    public static IEnumerable<Ink> All => [Paper, Text, Faint, Grid, .. Series, .. Ranks];
}
