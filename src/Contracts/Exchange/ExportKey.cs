using System.Globalization;

namespace Siamese.Contracts.Exchange;

/// <summary>What is exported, as the key of an <see cref="IExportGrain"/>: one version of an ensemble, or a trial of a sweep.</summary>
/// <param name="Name">The ensemble's name, or the sweep's.</param>
/// <param name="Version">The version; null for a trial.</param>
/// <param name="Trial">The trial's full id; null for a version.</param>
public sealed record ExportKey(string Name, int? Version, string? Trial)
{
    public override string ToString() => Trial is null ? string.Create(CultureInfo.InvariantCulture, $"{Name}@{Version}") : $"{Name}/{Trial}";

    /// <exception cref="BadInputException">It is not a valid key.</exception>
    public static ExportKey Parse(string key)
    {
        if (key.Split('/') is [var sweep, var trial])
            return new ExportKey(sweep, null, trial);
        return key.Split('@') is [var name, var version] && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ExportKey(name, number, null)
            : throw new BadInputException($"'{key}' is neither a version of an ensemble nor a trial of a sweep.");
    }
}
