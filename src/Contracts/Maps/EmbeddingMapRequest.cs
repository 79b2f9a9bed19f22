using System.Collections.Immutable;

namespace Siamese.Contracts.Maps;

/// <summary>Which test images to draw on an embedding map.</summary>
[GenerateSerializer, Immutable, Alias("siamese.EmbeddingMapRequest")]
public sealed record EmbeddingMapRequest
{
    /// <summary>Maximum number of images, shifted copies included.</summary>
    public const int MaximumImages = 2000;

    /// <summary>Pixels by which copies are shifted sideways, as in Hadsell, Chopra, LeCun, "Dimensionality reduction by learning an invariant mapping", CVPR 2006.</summary>
    public static readonly ImmutableArray<int> Shifts = [-6, -3, 3, 6];

    /// <summary>The version of the ensemble; null means the newest.</summary>
    [Id(0)] public int? Version { get; init; }

    /// <summary>Number of test images, or all if there are fewer; as evenly from the classes as possible. Default: 200.</summary>
    [Id(1)] public int Images { get; init; } = 200;

    /// <summary>The classes to draw; empty for all.</summary>
    [Id(2)] public ImmutableArray<string> Classes { get; init; } = [];

    /// <summary>Whether copies of each image, shifted by <see cref="Shifts"/>, are drawn too.</summary>
    [Id(3)] public bool HasShifts { get; init; }

    /// <summary>Seed of the choice of images.</summary>
    [Id(4)] public int Seed { get; init; } = 1;

    /// <exception cref="BadInputException">A value is out of its range. The message names it in quotes, such as `'images'`.</exception>
    public void Check()
    {
        var most = HasShifts ? MaximumImages / (Shifts.Length + 1) : MaximumImages;
        BadInputException.ThrowUnless(!Classes.IsDefault && !Classes.Contains(null!), $"'classes': a class has no name; leave the list empty for all classes.");
        BadInputException.ThrowUnless(Version is null or >= 1, $"There is no version {Version} of an ensemble; versions begin with 1.");
        BadInputException.ThrowUnless(Images >= 3 && Images <= most, $"'images': {Images} is not from 3 to {most}{(HasShifts ? ", because each has copies" : "")}.");
    }
}
