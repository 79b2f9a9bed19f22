using System.Collections.Immutable;
using Siamese.Contracts.Exchange;
using Siamese.Grains.Ensembles;
using Siamese.Model.Checkpoints;
using Siamese.Model.Ensembles;
using Siamese.Model.Exchange;
using Siamese.Model.Networks;

namespace Siamese.Grains.Exchange;

/// <summary>Whether files of an import are what its manifest says, and fit each other. Works on the calling thread.</summary>
internal static class ImportCheck
{
    private const string TrialKey = "trial";

    /// <summary>By the beginnings of the weights alone: names and shapes of every tensor.</summary>
    /// <exception cref="InvalidDataException">One does not fit; says which.</exception>
    public static void Headers(ExportManifest manifest, ImmutableArray<WeightsHeader> headers)
    {
        foreach (var member in manifest.Members)
        {
            var header = headers.FirstOrDefault(header => header.Path == member.Weights) ?? throw new InvalidDataException($"{member.Weights}: its header was not sent.");
            try
            {
                var shapes = Safetensors.ReadHeader(header.Bytes.AsSpan(), manifest.File(member.Weights).Length);
                CheckTrial(member, shapes.Metadata);
                EncoderShapes.Check(member.Hyperparameters, shapes);
                var input = Encoders.InputOf(member.Hyperparameters);
                if ((member.Input.Height, member.Input.Width) != (input.Height, input.Width))
                    throw new InvalidDataException($"Its encoder takes in images of {input.Height}×{input.Width}, not of {member.Input.Height}×{member.Input.Width}.");
            }
            catch (InvalidDataException problem)
            {
                throw new InvalidDataException($"{member.Weights}: {problem.Message}", problem);
            }
        }
    }

    /// <summary>The whole weights: they load, and are finite.</summary>
    /// <exception cref="InvalidDataException">They do not, or are not.</exception>
    public static void Weights(ExportedMember member, byte[] file)
    {
        var read = Safetensors.Read(file);
        CheckTrial(member, read.Metadata);
        if (read.Tensors.FirstOrDefault(tensor => !tensor.IsInteger && !Array.TrueForAll(tensor.Values, float.IsFinite)) is { } bad)
            throw new InvalidDataException($"`{bad.Name}` holds what is not a finite number.");
        using var encoder = Encoders.Create(member.Hyperparameters);
        ModuleWeights.Set(encoder, read.Tensors);
    }

    /// <summary>The validation pairs, as a file of the ensemble's own.</summary>
    /// <param name="file">As exported.</param>
    /// <param name="ensemble">Whose it is here.</param>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static byte[] Validation(byte[] file, string ensemble)
    {
        var read = Understood(() => StoredValidation.Read(file));
        var isGood = read.Distances.Length == read.Pairs.Length && Array.TrueForAll(read.Distances, float.IsFinite)
            && Array.TrueForAll(read.Pairs, pair => IsImage(pair.First) && IsImage(pair.Second) && Enum.IsDefined(pair.Relation));
        return isGood ? read.Write(ensemble) : throw new InvalidDataException("Its distances, pairs and images do not go together.");

        bool IsImage(int index) => index >= 0 && index < read.Images;
    }

    /// <summary>The training images, as a file of the ensemble's own.</summary>
    /// <inheritdoc cref="Validation"/>
    public static byte[] References(ExportManifest manifest, byte[] file, string ensemble)
    {
        var read = Understood(() => StoredReferences.Read(file));
        var images = read.Pixels.Length / Appearances.Shape.Pixels;
        var isGood = images > 0 && images * Appearances.Shape.Pixels == read.Pixels.Length && read.Embeddings.Count == manifest.Members.Length
            && manifest.Members.All(member => read.Embeddings.TryGetValue(member.Trial, out var its) && its.Length == images * Encoders.WidthOf(member.Hyperparameters));
        return isGood ? read.Write(ensemble) : throw new InvalidDataException("Its images are not those that the members have seen.");
    }

    /// <summary>Those who read what they wrote themselves do not look out for tensors of another kind or shape.</summary>
    private static T Understood<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"It holds something else: {problem.Message}", problem);
        }
    }

    /// <summary>The trial's id makes the weights its own: whoever holds the trial keeps them.</summary>
    private static void CheckTrial(ExportedMember member, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault(TrialKey) != member.Trial)
            throw new InvalidDataException($"It holds the weights of trial {metadata.GetValueOrDefault(TrialKey) ?? "nobody knows which"}, not of {member.Trial}.");
    }
}
