using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Tensors;
using Siamese.Grains.Forming;
using Siamese.Model.Checkpoints;
using Siamese.Model.Ensembles;
using Siamese.Model.Exchange;
using Siamese.Model.Networks;

namespace Siamese.Grains.Exchange;

/// <summary>Checks that the files of an import match its manifest and each other. Works on the calling thread.</summary>
internal static class ImportCheck
{
    private const string TrialKey = "trial";

    /// <summary>Checks the name and shape of every tensor, from the headers of the weights alone.</summary>
    /// <exception cref="InvalidDataException">A header does not match; the message says which.</exception>
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
                if (member.Input != Packing.InputOf(member.Hyperparameters))
                    throw new InvalidDataException($"Its encoder takes {Encoders.InputOf(member.Hyperparameters)}, not what its `input` states.");
            }
            catch (InvalidDataException problem)
            {
                throw new InvalidDataException($"{member.Weights}: {problem.Message}", problem);
            }
        }
    }

    /// <summary>Checks that the whole weights load, are finite, and tell images apart.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void Weights(ExportedMember member, byte[] file)
    {
        var read = Safetensors.Read(file);
        CheckTrial(member, read.Metadata);
        if (read.Tensors.FirstOrDefault(tensor => !tensor.IsInteger && !Array.TrueForAll(tensor.Values, float.IsFinite)) is { } bad)
            throw new InvalidDataException($"`{bad.Name}` holds a value that is not a finite number.");
        // Not disposed, because the frozen encoder may be the same one.
        var encoder = Encoders.Create(member.Hyperparameters);
        ModuleWeights.Set(encoder, read.Tensors);
        EmbeddingProbe.Check(member.Hyperparameters, encoder.Freeze());
    }

    /// <summary>Checks the validation pairs, and rewrites them as the ensemble's own file.</summary>
    /// <param name="file">As exported.</param>
    /// <param name="ensemble">The ensemble that it belongs to here.</param>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static byte[] Validation(byte[] file, string ensemble)
    {
        var read = Understood(() => StoredValidation.Read(file));
        var isGood = read.Distances.Length == read.Pairs.Length && Array.TrueForAll(read.Distances, distance => float.IsFinite(distance) && distance >= 0)
            && Array.TrueForAll(read.Pairs, pair => IsImage(pair.First) && IsImage(pair.Second) && Enum.IsDefined(pair.Relation));
        if (!isGood)
            throw new InvalidDataException("Its distances, pairs and images do not match.");
        if (read.Pairs.DistinctBy(pair => pair.Relation).Count() < 2)
            throw new InvalidDataException("It needs pairs of both kinds, same and different.");
        return read.Write(ensemble);

        bool IsImage(int index) => index >= 0 && index < read.Images;
    }

    /// <summary>Checks the training images, and rewrites them as the ensemble's own file.</summary>
    /// <inheritdoc cref="Validation"/>
    public static byte[] References(ExportManifest manifest, byte[] file, string ensemble)
    {
        var read = Understood(() => StoredReferences.Read(file));
        // Vectors have no pixels.
        var areVectors = manifest.Members.All(member => Encoders.InputOf(member.Hyperparameters).Kind is InputKinds.Vectors);
        var images = !areVectors ? read.Pixels.Length / Appearances.Shape.Bytes
            : read.Embeddings.TryGetValue(manifest.Members[0].Trial, out var first) ? first.Length / Encoders.WidthOf(manifest.Members[0].Hyperparameters) : 0;
        var isGood = images > 0 && (areVectors ? 0 : images * Appearances.Shape.Bytes) == read.Pixels.Length && read.Embeddings.Count == manifest.Members.Length
            && manifest.Members.All(member => read.Embeddings.TryGetValue(member.Trial, out var its) && its.Length == images * Encoders.WidthOf(member.Hyperparameters));
        return isGood ? read.Write(ensemble) : throw new InvalidDataException("Its images and the members' embeddings of them do not match.");
    }

    /// <summary>The readers expect files that they wrote themselves, and do not check for tensors of another kind or shape.</summary>
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

    /// <summary>The trial's id makes the weights unique to the trial: they are kept as long as the trial is held.</summary>
    private static void CheckTrial(ExportedMember member, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault(TrialKey) != member.Trial)
            throw new InvalidDataException($"It holds the weights of trial {metadata.GetValueOrDefault(TrialKey) ?? "(unknown)"}, not of {member.Trial}.");
    }
}
