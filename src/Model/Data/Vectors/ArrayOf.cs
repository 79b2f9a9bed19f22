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
}
