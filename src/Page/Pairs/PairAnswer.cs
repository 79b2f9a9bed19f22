using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Page.Layout;

namespace Siamese.Page.Pairs;

/// <summary>What came of a question about a pair.</summary>
/// <param name="Visitor">Who asked it.</param>
/// <param name="Address">Whom it was for, and on which terms.</param>
/// <param name="Token">As in <see cref="PairModel"/>.</param>
public sealed record PairAnswer(Visitor Visitor, PairAddress Address, FormToken Token)
{
    /// <summary>The verdict, if one was asked for.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>How far the probabilities of its version can be trusted; null if nobody knows.</summary>
    public CalibrationCheck? Calibration { get; init; }

    /// <summary>The names that an image is most like, if they were asked for.</summary>
    public Identification? Identification { get; init; }

    /// <summary>Feedback on the pair of a verdict, if somebody gave some.</summary>
    public PairFeedback? Feedback { get; init; }

    /// <summary>What went wrong, if something did.</summary>
    public ErrorModel? Problem { get; init; }

    /// <summary>The first image, if it is small.</summary>
    public IReadOnlyList<ShownImage> First { get; init; } = [];

    /// <summary>What it was compared with, if it is small.</summary>
    public IReadOnlyList<ShownImage> Second { get; init; } = [];
}

/// <summary>What a visitor said about the pair of a verdict.</summary>
/// <param name="Verdict">The verdict's id.</param>
/// <param name="Truth">What the pair is; null if that was taken back.</param>
/// <param name="Tally">All feedback that the ensemble has now; null before any was given.</param>
public sealed record PairFeedback(string Verdict, Relation? Truth, FeedbackTally? Tally);
