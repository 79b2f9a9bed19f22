using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Losses;
using Siamese.Model.Networks;

namespace Siamese.Grains.Search;

/// <summary>
/// The default of a hyperparameter, given those before it, and whether it applies at all. A hyperparameter that does not apply
/// is null, so that equal training has equal hyperparameters.
/// </summary>
internal static class Defaults
{
    /// <summary>Default length of the list of pairs: the article's.</summary>
    public const int Pairs = 8000;

    private const string AnyInput = "the encoders conv and residual", Augmented = "'augment' on or gentle", ForStrokes = "encoders of pen strokes";
    private const string AugmentedImages = "encoders of images with 'augment' on or gentle", AugmentedStrokes = "encoders of pen strokes with 'augment' on or gentle";

    private static readonly Hyperparameters _ordinary = new();

    private static readonly Dictionary<string, Rule> _rules = new()
    {
        ["input-size"] = new(h => HyperparameterValue.Maybe(Encoders.Get(h.Encoder).DefaultInputSize), AnyInput),
        ["colour"] = new(h => HyperparameterValue.Maybe(TakesAnyInput(h) ? Words.Of(Colour.Grey) : null), AnyInput),
        ["fit"] = new(h => HyperparameterValue.Maybe(TakesAnyInput(h) ? Words.Of(Fit.Stretch) : null), AnyInput),
        ["points"] = new(h => HyperparameterValue.Maybe(Encoders.Get(h.Encoder).DefaultPoints), "the encoder strokes"),
        ["resample"] = new(h => HyperparameterValue.Maybe(TakesStrokes(h) ? Words.Of(Resample.Time) : null), ForStrokes),
        ["context"] = new(h => HyperparameterValue.Maybe(h.Encoder == StrokesEncoder.Kind.Name ? Words.Of(Switch.Off) : null), "the encoder strokes"),
        ["pooling"] = new(h => HyperparameterValue.Maybe(h.Encoder == StrokesEncoder.Kind.Name ? Words.Of(Pooling.Last) : null), "the encoder strokes"),
        [BackboneName.Hyperparameter] = new(h => HyperparameterValue.Maybe(TakesVectors(h) ? BackboneName.None : null), "encoders of vectors"),
        ["vector-width"] = new(h => HyperparameterValue.Maybe(TakesVectors(h) ? BackboneName.Find(h.Backbone)?.Width ?? 0 : null), "encoders of vectors"),
        ["hidden-layers"] = new(h => HyperparameterValue.Maybe(Encoders.Get(h.Encoder).HasHiddenLayers ? 1 : null), "the encoder mlp"),
        ["hidden-size"] = new(h => HyperparameterValue.Maybe(Encoders.Get(h.Encoder).HasHiddenLayers ? MlpEncoder.UsualHiddenSize : null), "the encoder mlp"),
        ["embedding-size"] = new(h => Encoders.Get(h.Encoder).FixedWidth(h) ?? _ordinary.EmbeddingSize, ""),
        ["freeze"] = new(h => HyperparameterValue.Maybe(h.From is null ? null : 0), "trials that start 'from' other weights"),
        ["distance"] = new(h => LossKind.Get(h.Loss).DefaultDistance, ""),
        ["normalize"] = new(h => HyperparameterValue.Maybe(h.Distance == "cosine" ? null : Words.Of(Switch.Off)), "distances other than cosine"),
        ["mining"] = new(h => HyperparameterValue.Maybe(h.Pairing is Pairing.Batch && LossKind.Get(h.Loss).Form is not LossForm.Batch ? "all" : null), "losses on pairs or triplets with 'pairing' batch"),
        ["pairs"] = new(h => HyperparameterValue.Maybe(h.Pairing is Pairing.Listed ? Pairs : null), "'pairing' listed"),
        ["balance"] = new(h => HyperparameterValue.Maybe(LossKind.Get(h.Loss).Form is LossForm.Pairs ? 0.5 : null), "losses on pairs; triplets contain one of each kind"),
        ["forged-share"] = new(h => HyperparameterValue.Maybe(h.Pairing is Pairing.Listed && LossKind.Get(h.Loss).Form is LossForm.Pairs ? 0 : null), "losses on pairs with 'pairing' listed"),
        ["neighbours"] = new(h => HyperparameterValue.Maybe(h.Pairing is Pairing.Neighbours ? 5 : null), "'pairing' neighbours"),
        ["shifted-copies"] = new(h => HyperparameterValue.Maybe(h.Pairing is Pairing.Neighbours ? Words.Of(Switch.Off) : null), "'pairing' neighbours"),
        ["momentum"] = new(h => HyperparameterValue.Maybe(h.Optimizer is Optimizer.Sgd ? 0.9 : null), "'optimizer' sgd"),
        ["learning-rate"] = new(h => h.Optimizer is Optimizer.Sgd ? 0.05 : IsHardest(h) ? 1e-3 : _ordinary.LearningRate, ""),
        ["schedule"] = new(h => Words.Of(IsHardest(h) ? LearningRateSchedule.OneCycle : _ordinary.Schedule), ""),
        ["steps"] = new(h => HyperparameterValue.Maybe(h.Pairing is Pairing.Listed ? null : 0), "'pairing' batch or neighbours"),
        ["keep"] = new(h => Words.Of(h.Patience > 0 ? Keep.Best : Keep.Last), ""),
        ["augment"] = new(h => Words.Of(TakesVectors(h) ? Augmentation.Off : Augmentation.On), ""),
        ["rotation"] = Changed(glyphs: 15, faces: 5, strokes: 15),
        ["scaling"] = Changed(glyphs: 0.15, faces: 0.05, strokes: 0.15),
        ["shear"] = Changed(glyphs: 0.2, faces: 0, strokes: 0.2),
        ["shift"] = ChangedImages(glyphs: 0.06, faces: 0.04),
        ["elastic"] = Changed(glyphs: 0, faces: 0, strokes: 0),
        ["stroke"] = ChangedImages(glyphs: 0, faces: 0),
        ["blur"] = ChangedImages(glyphs: 0, faces: 0.5),
        ["flip"] = new(h => HyperparameterValue.Maybe(h.Augment && !TakesStrokes(h) ? Words.Of(Switch.Off) : null), AugmentedImages),
        ["crop"] = ChangedImages(glyphs: 0, faces: 0),
        ["jitter"] = ChangedImages(glyphs: 0, faces: 0),
        ["erasing"] = ChangedImages(glyphs: 0, faces: 0),
        ["noise"] = Changed(glyphs: 0, faces: 0.03, strokes: 0),
        ["time-warp"] = ChangedStrokes(0.05),
        ["dropped-ends"] = ChangedStrokes(0.05),
        ["stroke-order"] = ChangedStrokes(0),
    };

    /// <summary>The default at a point; null if the hyperparameter does not apply there.</summary>
    /// <param name="hyperparameter">The hyperparameter.</param>
    /// <param name="point">A point with all earlier hyperparameters settled.</param>
    public static HyperparameterValue? Of(Hyperparameter hyperparameter, Hyperparameters point)
    {
        if (_rules.TryGetValue(hyperparameter.Name, out var rule))
            return rule.Of(point);
        if (IsOfLosses(hyperparameter))
            return LossKind.Get(point.Loss).Own.TryGetValue(hyperparameter.Name, out var own) ? own(point) : default(HyperparameterValue?);
        return hyperparameter.Get(_ordinary);
    }

    /// <summary>Whether null is a default like any other, so that the hyperparameter applies everywhere.</summary>
    public static bool MayBeLeftOpen(Hyperparameter hyperparameter) => hyperparameter.Name == "from";

    /// <summary>What the hyperparameter applies to, in words.</summary>
    public static string PurposeOf(Hyperparameter hyperparameter)
    {
        string[] losses = [.. LossKind.All.Where(loss => loss.Own.ContainsKey(hyperparameter.Name)).Select(loss => loss.Name)];
        return losses.Length > 0
            ? $"the {(losses.Length == 1 ? "loss" : "losses")} {string.Join(", ", losses)}"
            : _rules.GetValueOrDefault(hyperparameter.Name)?.Purpose ?? "";
    }

    private static bool IsOfLosses(Hyperparameter hyperparameter) => LossKind.All.Any(loss => loss.Own.ContainsKey(hyperparameter.Name));

    /// <summary>With batch-hard triplets, embeddings collapse unless the first steps are small.</summary>
    private static bool IsHardest(Hyperparameters h) => LossKind.Get(h.Loss).Form is LossForm.Triplets && h.Mining == "batch-hard";

    private static bool TakesAnyInput(Hyperparameters h) => Encoders.Get(h.Encoder).DefaultInputSize is not null;

    private static bool TakesStrokes(Hyperparameters h) => Encoders.Get(h.Encoder).Takes is InputKinds.Strokes;

    private static bool TakesVectors(Hyperparameters h) => Encoders.Get(h.Encoder).Takes is InputKinds.Vectors;

    private static Rule Changed(double glyphs, double faces, double strokes) =>
        new(h => HyperparameterValue.Maybe(!h.Augment ? null : TakesStrokes(h) ? strokes : h.IsGentle ? faces : glyphs), Augmented);

    private static Rule ChangedImages(double glyphs, double faces) =>
        new(h => HyperparameterValue.Maybe(!h.Augment || TakesStrokes(h) ? null : h.IsGentle ? faces : glyphs), AugmentedImages);

    private static Rule ChangedStrokes(double strokes) => new(h => HyperparameterValue.Maybe(h.Augment && TakesStrokes(h) ? strokes : null), AugmentedStrokes);

    private sealed record Rule(Func<Hyperparameters, HyperparameterValue?> Of, string Purpose);
}
