using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;
using Siamese.Model.Registry;

namespace Siamese.Grains.Search;

/// <summary>Checks the names in a search space that only a silo knows: encoders, losses and so on.</summary>
internal static class SpaceNames
{
    /// <exception cref="BadInputException">A dimension is invalid or has an unknown name.</exception>
    public static void Check(SearchSpace space)
    {
        space.Check();
        foreach (var dimension in space.Dimensions)
        {
            Check(dimension.Hyperparameter, dimension.Values);
            foreach (var condition in dimension.When)
                Check(condition.Hyperparameter, condition.Values);
        }
    }

    /// <summary>The error for a dimension that no point can use.</summary>
    public static BadInputException Useless(Dimension dimension)
    {
        var hyperparameter = Hyperparameter.Named(dimension.Hyperparameter);
        var purpose = Defaults.PurposeOf(hyperparameter);
        var reason = dimension.When.IsEmpty ? $"it applies only to {purpose}" : "no point meets its conditions, or it does not apply there";
        return new BadInputException($"'{hyperparameter.Name}' would have no effect, because {reason}. Leave it out.");
    }

    private static void Check(string hyperparameter, IEnumerable<HyperparameterValue> values)
    {
        if (hyperparameter == BackboneName.Hyperparameter && values.FirstOrDefault(value => value.Word != BackboneName.None && BackboneName.Find(value.Word) is null) is { Word: { } other })
            throw new BadInputException($"'backbone': '{PlainText.Of(other)}' is not the name of a backbone that was uploaded, such as resnet18:pool:512@ and 64 hexadecimal digits. Give the client the network's file, which it uploads.");
        if (KnownNames.Of(hyperparameter) is not { } names)
            return;
        foreach (var value in values.Where(value => !names.Contains(value.Word)))
            throw new BadInputException($"There is no {hyperparameter} '{value}'; use one of {string.Join(", ", names)}.");
    }
}
