using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>How good an ensemble is on images that the user chose. Figures are from 0 to 1, with the ends of their 95 % intervals.</summary>
/// <param name="BestMember">Trial of the member with the lowest validation EER.</param>
/// <param name="Protocol">`pairs`, `one-shot` or `csv`.</param>
/// <param name="Pairs">Null for one-shot trials and for several references.</param>
/// <param name="OneShot">Null for pairs.</param>
/// <param name="References">Null for single pairs and for one-shot trials.</param>
public sealed record EvaluationDocument(
    string Ensemble, int Version, int Members, string BestMember, EvaluationDocument.ImagesPart Images, string Protocol, int Seed,
    EvaluationDocument.PairsPart? Pairs, EvaluationDocument.OneShotPart? OneShot, EvaluationDocument.ReferenceSetsPart? References, double Seconds)
{
    public static EvaluationDocument Of(Evaluation evaluation) => new(
        evaluation.Ensemble, evaluation.Version, evaluation.Members, evaluation.BestMember, ImagesPart.Of(evaluation.Images),
        Words.Of(evaluation.Request.Protocol ?? default), evaluation.Request.Seed,
        PairsPart.Of(evaluation), OneShotPart.Of(evaluation), ReferenceSetsPart.Of(evaluation), evaluation.Seconds);

    /// <summary>Which images.</summary>
    /// <param name="Choice">`test` or `all`.</param>
    /// <param name="SplitBy">The split whose test images these are; null for all images, or for test images that come with the data.</param>
    /// <param name="TrainedOn">Whether the data is what the ensemble was trained on.</param>
    /// <param name="UsedBefore">Number of images that the ensemble was trained or validated on; null if unknown.</param>
    public sealed record ImagesPart(
        string Data, string Choice, string? SplitBy, bool TrainedOn, int? UsedBefore, int Count, int Classes, int Groups, IReadOnlyList<string> Remarks)
    {
        public static ImagesPart Of(EvaluatedImages images) => new(
            images.Data, Words.Of(images.Choice), images.SplitBy is { } split ? Words.Of(split) : null, images.IsTrainedOn, images.UsedBefore,
            images.Count, images.Classes, images.Groups, images.Remarks);
    }

    /// <summary>Results on pairs.</summary>
    /// <param name="Negatives">`any` or `same-group`; null if a CSV lists the pairs.</param>
    /// <param name="Difference">The ensemble's EER minus the best member's.</param>
    public sealed record PairsPart(
        int Same, int Different, string? Negatives, int Images, FiguresPart Ensemble, EstimatePart CalibrationError, FiguresPart BestMember, EstimatePart Difference)
    {
        public static PairsPart? Of(Evaluation evaluation) => evaluation.Pairs is { } pairs
            ? new(
                pairs.Same, pairs.Different, evaluation.Request.Protocol is EvaluationProtocol.Csv ? null : Words.Of(evaluation.Request.Negatives), pairs.Images,
                FiguresPart.Of(pairs.Ensemble), EstimatePart.Of(pairs.CalibrationError), FiguresPart.Of(pairs.BestMember), EstimatePart.Of(pairs.Difference))
            : null;
    }

    /// <summary>Figures of the ensemble or of a member, at its own threshold.</summary>
    public sealed record FiguresPart(EstimatePart Accuracy, EstimatePart Eer, EstimatePart Auc, EstimatePart TarAtFar01, EstimatePart TarAtFar001)
    {
        public static FiguresPart Of(PairFigures figures) => new(
            EstimatePart.Of(figures.Accuracy), EstimatePart.Of(figures.Eer), EstimatePart.Of(figures.Auc),
            EstimatePart.Of(figures.TarAtFar01), EstimatePart.Of(figures.TarAtFar001));
    }

    /// <summary>Results on one-shot trials.</summary>
    /// <param name="Drawers">`one-and-another`, `different` or `unknown`: who drew a trial's images.</param>
    /// <param name="IntervalOver">`groups` or `classes`: what the bootstrap resampled for the intervals.</param>
    public sealed record OneShotPart(
        int Ways, int Trials, int Groups, int GroupsLeftOut, string Drawers, string IntervalOver, EstimatePart Accuracy, EstimatePart BestMemberAccuracy)
    {
        public static OneShotPart? Of(Evaluation evaluation) => evaluation.OneShot is { } shot
            ? new(
                evaluation.Request.Ways, evaluation.Request.Trials, shot.Groups, shot.GroupsLeftOut, Words.Of(shot.Drawers),
                shot.IsByGroups ? "groups" : "classes", EstimatePart.Of(shot.Ensemble), EstimatePart.Of(shot.BestMember))
            : null;
    }

    /// <summary>Results against several references.</summary>
    /// <param name="CalibratedFor">Number of references that the threshold and the probabilities are for.</param>
    /// <param name="Rule">`nearest`, `mean` or `gaussian`.</param>
    /// <param name="One">Against the first reference of each trial alone.</param>
    /// <param name="Difference">The EER against several minus that against one.</param>
    public sealed record ReferenceSetsPart(
        int References, int CalibratedFor, string Rule, int Same, int Different, int Images, FiguresPart Several, EstimatePart CalibrationError, FiguresPart One, EstimatePart Difference)
    {
        public static ReferenceSetsPart? Of(Evaluation evaluation) => evaluation.References is { } several
            ? new(
                evaluation.Request.References, several.CalibratedFor, Words.Of(several.Rule), several.Same, several.Different, several.Images,
                FiguresPart.Of(several.Several), EstimatePart.Of(several.CalibrationError), FiguresPart.Of(several.One), EstimatePart.Of(several.Difference))
            : null;
    }

    /// <summary>A figure with its interval.</summary>
    public sealed record EstimatePart(double Value, double Low, double High)
    {
        public static EstimatePart Of(Estimate estimate) => new(estimate.Value, estimate.Low, estimate.High);
    }
}
