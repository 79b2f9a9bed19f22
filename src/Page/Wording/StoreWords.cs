using System.Globalization;
using Siamese.Contracts.Clusters;
using Siamese.Contracts.Wording;
using Siamese.Web.Clusters;

namespace Siamese.Page.Wording;

/// <summary>Says how a store is.</summary>
internal static class StoreWords
{
    private const double Gigabyte = 1e9;

    /// <summary>Fewer seconds are not counted.</summary>
    private const double Few = 10;

    /// <summary>Why sweeps stand still while it cannot be used.</summary>
    public static string Standstill(StoreTrouble trouble) =>
        $"{Fault(trouble.Answers, trouble.Seconds)}: {trouble.Reason} Trials in training continue, but none can begin or end until the store is back.";

    /// <summary>Whether it answers.</summary>
    public static string State(ClusterDocument.OneStore store) => store.Troubles.MaxBy(trouble => trouble.Seconds) is { } worst
        ? Fault(worst.Answers, worst.Seconds)
        : "It answers";

    /// <summary>Its size; null if that is not known.</summary>
    public static string? Size(ClusterDocument.OneStore store) => store switch
    {
        { Bytes: { } bytes, FreeBytes: { } free } => $"{Size(bytes)}, {Size(free)} free",
        { Bytes: { } bytes } => Size(bytes),
        _ => null,
    };

    private static string Fault(bool answers, double seconds) =>
        $"The store {(answers ? "has refused to keep anything" : "has not answered")} for {(seconds < Few ? "some seconds" : Figures.Duration(seconds))}";

    private static string Size(long bytes) => bytes < Gigabyte ? Figures.Megabytes(bytes) : string.Create(CultureInfo.InvariantCulture, $"{bytes / Gigabyte:0.0} GB");
}
