using System.Text.Json.Serialization;

namespace Siamese.Web.Inference;

/// <summary>What serves models.</summary>
internal sealed record ServerDocument(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>Whether the server answers.</summary>
internal sealed record LiveDocument(bool Live);

/// <summary>Whether the server can judge pairs.</summary>
internal sealed record ReadyDocument(bool Ready);

/// <summary>Whether a model can judge pairs.</summary>
internal sealed record ModelReadyDocument(string Name, bool Ready);

/// <summary>A model: an ensemble.</summary>
/// <param name="Versions">Its versions, or the one in the address.</param>
internal sealed record ModelDocument(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorDocument> Inputs, IReadOnlyList<TensorDocument> Outputs);

/// <summary>What an input or an output is.</summary>
/// <param name="Shape">Its dimensions; -1 for any number of pairs.</param>
internal sealed record TensorDocument(string Name, string Datatype, IReadOnlyList<int> Shape);

/// <summary>Pairs of images to judge.</summary>
/// <param name="Inputs">The inputs `first` and `second`.</param>
/// <param name="Id">What to call the request in the answer.</param>
/// <param name="Parameters">How to judge the pairs.</param>
/// <param name="Outputs">The outputs to answer with; all by default.</param>
internal sealed record InferenceRequest(IReadOnlyList<InferenceRequest.Input> Inputs, string? Id = null, InferenceRequest.Terms? Parameters = null, IReadOnlyList<InferenceRequest.Output>? Outputs = null)
{
    /// <summary>The first or the second image of each pair.</summary>
    /// <param name="Name">`first` or `second`.</param>
    /// <param name="Shape">The number of pairs, as `[N]` or `[N, 1]`.</param>
    /// <param name="Datatype">`BYTES`.</param>
    /// <param name="Data">The bytes of each image's file, in base64.</param>
    /// <param name="Parameters">The encoding, which is always base64.</param>
    internal sealed record Input(string Name, IReadOnlyList<int> Shape, string Datatype, IReadOnlyList<byte[]> Data, Encoding? Parameters = null);

    /// <summary>How bytes are written.</summary>
    /// <param name="ContentType">`base64`.</param>
    internal sealed record Encoding([property: JsonPropertyName("content_type")] string ContentType);

    /// <summary>An output to answer with.</summary>
    internal sealed record Output(string Name);

    /// <summary>How to judge the pairs; see the verdicts of this API.</summary>
    internal sealed record Terms(double? Prior = null, double[]? Unsure = null, double? Disagreement = null, double? MaxFar = null, double? MaxFrr = null, double? Novelty = null);
}

/// <summary>Verdicts on pairs.</summary>
internal sealed record InferenceDocument(
    [property: JsonPropertyName("model_name")] string ModelName, [property: JsonPropertyName("model_version")] string ModelVersion, string? Id, IReadOnlyList<InferenceDocument.Output> Outputs)
{
    /// <summary>One output.</summary>
    /// <param name="Data">A value for each pair: a number, null if it is not finite, or a word.</param>
    internal sealed record Output(string Name, string Datatype, IReadOnlyList<int> Shape, IReadOnlyList<object?> Data);
}
