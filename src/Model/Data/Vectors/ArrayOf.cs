using System.Globalization;
using Siamese.Contracts;

namespace Siamese.Model.Data.Vectors;

/// <summary>What messages call an array, and the errors that name it.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Name">Name of the array in it; null if the file is the array.</param>
internal readonly record struct ArrayOf(string File, string? Name = null)
{
    /// <summary>As in `features.npz: the array 'labels'`.</summary>
    public override string ToString() => Name is null ? File : $"{File}: the array '{Name}'";

    /// <param name="problem">What is wrong and what to do, as sentences after the name.</param>
    public BadInputException Bad(FormattableString problem) => new($"{this} {problem.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The error for an array of another type than numbers.</summary>
    /// <param name="what">What it has.</param>
    public BadInputException NotNumbers(object what) => Bad($"has {what}, not numbers that can be read. Save it as float32.");

    /// <summary>The error for an array of another shape than rows of numbers.</summary>
    public BadInputException NotRows(long[] shape) => Bad($"has the shape ({string.Join(", ", shape)}). Vectors have the shape (N, D): a row for each item. Reshape it first.");
}
