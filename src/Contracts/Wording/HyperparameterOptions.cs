using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Wording;

/// <summary>The options of `client sweep` that stand for hyperparameters.</summary>
public static class HyperparameterOptions
{
    private static readonly Dictionary<string, string> _all = new()
    {
        ["encoder"] = "--encoders",
        ["backbone"] = "--backbone",
        ["input-size"] = "--input-sizes",
        ["colour"] = "--colour",
        ["fit"] = "--fit",
        ["points"] = "--points",
        ["resample"] = "--resample",
        ["context"] = "--context",
        ["pooling"] = "--poolings",
        ["vector-width"] = "--vector-widths",
        ["hidden-layers"] = "--hidden-layers",
        ["hidden-size"] = "--hidden-sizes",
        ["embedding-size"] = "--embedding-sizes",
        ["network"] = "--networks",
        ["from"] = "--from",
        ["freeze"] = "--freeze",
        ["loss"] = "--losses",
        ["distance"] = "--distances",
        ["normalize"] = "--normalize",
        ["pairing"] = "--pairing",
        ["mining"] = "--mining",
        ["margin"] = "--margins",
        ["temperature"] = "--temperatures",
        ["gamma"] = "--gammas",
        ["alpha"] = "--alphas",
        ["beta"] = "--betas",
        ["base"] = "--bases",
        ["same-target"] = "--same-targets",
        ["different-target"] = "--different-targets",
        ["pairs"] = "--pairs",
        ["batch-size"] = "--batch-sizes",
        ["balance"] = "--balances",
        ["forged-share"] = "--forged-shares",
        ["neighbours"] = "--neighbours",
        ["shifted-copies"] = "--shifted-copies",
        ["rotated-classes"] = "--rotated-classes",
        ["optimizer"] = "--optimizers",
        ["momentum"] = "--momentums",
        ["learning-rate"] = "--learning-rates",
        ["schedule"] = "--schedule",
        ["weight-decay"] = "--weight-decays",
        ["steps"] = "--steps",
        ["epochs"] = "--epochs",
        ["patience"] = "--patience",
        ["keep"] = "--keep",
        ["average-from"] = "--average-from",
        ["augment"] = "--augment",
        ["rotation"] = "--rotations",
        ["scaling"] = "--scalings",
        ["shear"] = "--shears",
        ["shift"] = "--shifts",
        ["elastic"] = "--elastics",
        ["stroke"] = "--strokes",
        ["blur"] = "--blurs",
        ["flip"] = "--flips",
        ["crop"] = "--crops",
        ["jitter"] = "--jitters",
        ["erasing"] = "--erasings",
        ["noise"] = "--noises",
        ["time-warp"] = "--time-warps",
        ["dropped-ends"] = "--dropped-ends",
        ["stroke-order"] = "--stroke-orders",
    };

    /// <summary>The option for values of a hyperparameter, such as `--learning-rates`.</summary>
    public static string Of(Hyperparameter hyperparameter) => Find(hyperparameter.Name)
        ?? throw new InvalidOperationException($"The hyperparameter '{hyperparameter.Name}' has no option; add a line to {nameof(HyperparameterOptions)}.");

    /// <summary>The option for values of the hyperparameter with this name; null if there is none.</summary>
    public static string? Find(string name) => _all.GetValueOrDefault(name);

    public static IEnumerable<string> All => _all.Values;
}
