using System.Collections.Immutable;
using Siamese.Client.Commands.Uploads;
using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Backbones;

/// <summary>Uploads the networks of `--backbone`, and replaces each file in a search space by its name in the cluster.</summary>
internal sealed class BackboneUpload(Surroundings surroundings, Calls calls)
{
    /// <summary>The files in a space.</summary>
    /// <exception cref="BadInputException">One does not exist, or cannot be a network; nothing was sent.</exception>
    public static IReadOnlyDictionary<string, BackboneFile> FilesOf(SearchSpace space) => space.ValuesOf(BackboneName.Hyperparameter)
        .Select(value => value.Word).OfType<string>().Where(BackboneFile.IsMeant).Distinct().ToDictionary(word => word, BackboneFile.Read);

    /// <summary>Uploads the files of a space, has each looked at by a silo, and says what it is.</summary>
    /// <param name="space">The space.</param>
    /// <param name="files">From <see cref="FilesOf"/>.</param>
    /// <param name="settings">How images become the input of each.</param>
    /// <exception cref="BadInputException">A file is not a network that computes features of images.</exception>
    public async Task<SearchSpace> Bring(SearchSpace space, IReadOnlyDictionary<string, BackboneFile> files, BackboneSettings settings)
    {
        var names = new Dictionary<HyperparameterValue, HyperparameterValue>();
        foreach (var (word, file) in files)
        {
            var manifest = await Send(file, settings with { Name = file.Name, Layer = file.Layer });
            var described = await calls.MakeLarge((cluster, token) => cluster.Backbone(manifest).Describe(token), surroundings.End);
            surroundings.Terminal.Error.WriteLine(described.Sentence);
            names[word] = described.Name;
        }

        return names.Count == 0 ? space : space with { Dimensions = [.. space.Dimensions.Select(Replaced)] };

        Dimension Replaced(Dimension dimension) => dimension with
        {
            Values = dimension.Hyperparameter == BackboneName.Hyperparameter ? Named(dimension.Values) : dimension.Values,
            When = [.. dimension.When.Select(condition => condition.Hyperparameter == BackboneName.Hyperparameter ? condition with { Values = Named(condition.Values) } : condition)],
        };

        ImmutableArray<HyperparameterValue> Named(ImmutableArray<HyperparameterValue> values) => [.. values.Select(value => names.GetValueOrDefault(value, value))];
    }

    private async Task<string> Send(BackboneFile file, BackboneSettings settings)
    {
        var own = Directory.CreateTempSubdirectory("backbone-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(own.FullName, BackboneSettings.FileName), settings.Write(), surroundings.End);
            var local = new LocalData(file.Name, own.FullName, [BackboneSettings.FileName, BackboneSettings.NetworkName])
            {
                Elsewhere = new Dictionary<string, string> { [BackboneSettings.NetworkName] = file.Path },
            };
            return await new Upload(surroundings, calls).Send(local);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }
}
