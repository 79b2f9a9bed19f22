using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;

namespace Siamese.Page.Trials;

/// <summary>What the page of a trial shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Record">What is stored about it.</param>
public sealed record TrialModel(Visitor Visitor, TrialRecord Record)
{
    /// <summary>How it ended, or what becomes of it.</summary>
    public TrialStatus Status => Record.Result?.Status ?? (Record.Silo is null ? TrialStatus.Waiting : TrialStatus.Running);

    public bool IsOver => Record.Result is not null;

    /// <summary>The reports of its epochs; without losses while it is being trained.</summary>
    public ImmutableArray<EpochReport> Epochs => Record.Result is { Epochs: { IsDefault: false } epochs } ? epochs : [];

    /// <summary>Its plots, as far as it has finished an epoch.</summary>
    public IEnumerable<Picture> Pictures => new[]
    {
        EerByEpoch.Of(Format.Page, [new EerCurve(Record.Trial, Record.Spec, Eers, Record.Result?.KeptEpoch, !IsOver)], new TrialLabels([Record.Spec])),
        LossByEpoch.Of(Format.Page, Epochs),
    }.OfType<Picture>();

    /// <summary>Its hyperparameters with their values.</summary>
    public IEnumerable<(string Heading, string Value)> Hyperparameters =>
        TrialLabels.All.Select(label => (label.Heading, label.Write(Record.Spec))).Where(label => label.Item2 != Figures.None);

    private ImmutableArray<double> Eers => IsOver ? [.. Epochs.Select(epoch => epoch.ValidationEer)] : Record.Epoch?.Curve ?? [];
}
