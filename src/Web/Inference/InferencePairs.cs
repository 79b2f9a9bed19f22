using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;

namespace Siamese.Web.Inference;

/// <summary>The pairs of images in a request for inference, and the outputs that verdicts on them are.</summary>
internal static class InferencePairs
{
    private const string First = "first";
    private const string Second = "second";
    private const string Bytes = "BYTES";
    private const string Numbers = "FP64";
    private const string Base64 = "base64";

    private static readonly (string Name, string Datatype, Func<Verdict, object?> Of)[] _outputs =
    [
        ("same_probability", Numbers, verdict => MetricsDocument.Finite(verdict.Probability)),
        ("distance", Numbers, verdict => MetricsDocument.Finite(verdict.Distance)),
        ("verdict", Bytes, verdict => Words.Of(verdict.Answer)),
    ];

    public static IReadOnlyList<TensorDocument> Inputs { get; } = [new(First, Bytes, [-1]), new(Second, Bytes, [-1])];

    public static IReadOnlyList<TensorDocument> Outputs { get; } = [.. _outputs.Select(output => new TensorDocument(output.Name, output.Datatype, [-1]))];

    /// <summary>The images of all pairs: the first ones, and then the second ones.</summary>
    /// <exception cref="BadInputException">An input is missing or unknown, or does not have the shape that it states.</exception>
    public static (ImmutableArray<ImageFile> Images, ImmutableArray<PairOfImages> Pairs) Read(InferenceRequest request)
    {
        BadInputException.ThrowUnless(!request.Inputs.Contains(null!) && request.Outputs?.Contains(null!) is not true, $"An input or an output is null.");
        foreach (var output in request.Outputs ?? [])
            BadInputException.ThrowUnless(_outputs.Any(known => known.Name == output.Name), $"There is no output '{PlainText.Of(output.Name)}'; use {string.Join(", ", _outputs.Select(known => known.Name))}.");
        if (request.Inputs.Select(input => input.Name).FirstOrDefault(name => name is not (First or Second)) is { } unknown)
            throw new BadInputException($"There is no input '{PlainText.Of(unknown)}'; use {First} and {Second}.");
        var (first, second) = (Find(request, First), Find(request, Second));
        BadInputException.ThrowUnless(first.Length == second.Length, $"'{First}' has {first.Length} images and '{Second}' has {second.Length}; send as many of both.");
        return ([.. first, .. second], [.. Enumerable.Range(0, first.Length).Select(i => new PairOfImages(i, first.Length + i))]);
    }

    /// <exception cref="BadInputException">There is no verdict on a pair; the message says why.</exception>
    public static InferenceDocument Answer(InferenceRequest request, string model, ImmutableArray<PairVerdict> answers)
    {
        Verdict[] verdicts = [.. answers.Select(answer => answer.Verdict ?? throw new BadInputException(answer.Problem!))];
        var wanted = _outputs.Where(output => request.Outputs is null or [] || request.Outputs.Any(asked => asked.Name == output.Name));
        return new(
            model, FormattableString.Invariant($"{verdicts[0].Version}"), request.Id,
            [.. wanted.Select(output => new InferenceDocument.Output(output.Name, output.Datatype, [verdicts.Length], [.. verdicts.Select(output.Of)]))]);
    }

    private static ImageFile[] Find(InferenceRequest request, string name)
    {
        if (request.Inputs.Where(input => input.Name == name).ToArray() is not [var input])
            throw new BadInputException($"The input '{name}' is missing or stated twice; state it once.");
        BadInputException.ThrowUnless(input.Datatype == Bytes, $"'{name}' has the datatype '{PlainText.Of(input.Datatype)}'; send {Bytes}.");
        BadInputException.ThrowUnless(input.Parameters is null or { ContentType: Base64 }, $"'{name}' has another encoding than {Base64}; send the bytes of files in {Base64}.");
        var count = input.Shape is [_] or [_, 1] ? input.Shape[0] : -1;
        BadInputException.ThrowUnless(count is >= 1 and <= IVerdictGrain.MaximumPairs && count == input.Data.Count && !input.Data.Contains(null!), $"'{name}' has the shape [{string.Join(", ", input.Shape)}] and {input.Data.Count} elements; send [N] with N images, 1 to {IVerdictGrain.MaximumPairs}.");
        return [.. input.Data.Select((bytes, i) => new ImageFile(FormattableString.Invariant($"{name} {i + 1}"), ImmutableCollectionsMarshal.AsImmutableArray(bytes)))];
    }
}
