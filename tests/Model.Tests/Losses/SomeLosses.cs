using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;

namespace Siamese.Model.Tests.Losses;

/// <summary>Losses and hyperparameters with each loss's own defaults.</summary>
internal static class SomeLosses
{
    /// <summary>A point with the loss, its default distance unless another is stated, and whatever else it needs.</summary>
    public static Hyperparameters With(this Hyperparameters hyperparameters, string loss, string? distance = null)
    {
        var kind = LossKind.Get(loss);
        var point = hyperparameters with { Loss = loss, Distance = distance ?? kind.DefaultDistance, Margin = null, Balance = kind.Form is LossForm.Pairs ? 0.5 : null };
        foreach (var (name, byDefault) in kind.Own)
            point = Hyperparameter.Named(name).Set(point, byDefault(point));
        return point;
    }

    public static Loss Make(string loss, string mining = "all")
    {
        var point = (new Hyperparameters() with { Mining = mining }).With(loss);
        return LossKind.Get(loss).Create(point, Distance.Of(point));
    }
}
