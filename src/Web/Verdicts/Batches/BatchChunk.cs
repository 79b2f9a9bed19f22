using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>Pairs that are judged by one call, and what else is answered between them.</summary>
internal sealed class BatchChunk
{
    private readonly Dictionary<ImageFile, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<ImageFile> _images = [];
    private readonly List<PairOfImages> _pairs = [];
    private readonly List<(long Line, ProblemDetails? Problem)> _answers = [];
    private long _bytes;

    /// <summary>Every image of the pairs, once.</summary>
    public ImmutableArray<ImageFile> Images => [.. _images];

    public ImmutableArray<PairOfImages> Pairs => [.. _pairs];

    /// <summary>What to answer, in order: the problem, or the next pair's verdict if it is null.</summary>
    public IReadOnlyList<(long Line, ProblemDetails? Problem)> Answers => _answers;

    public bool IsEmpty => _answers.Count == 0;

    /// <summary>Whether another answer goes into another chunk.</summary>
    public bool IsFull => _answers.Count == IVerdictGrain.MaximumPairs;

    /// <summary>Whether a call may have this pair too.</summary>
    public bool HasRoomFor(ImageFile first, ImageFile second) =>
        _pairs.Count == 0 || _bytes + Added(first) + (ReferenceEquals(first, second) ? 0 : Added(second)) <= IVerdictGrain.MaximumBytes;

    public void Add(long line, ImageFile first, ImageFile second)
    {
        _pairs.Add(new PairOfImages(PlaceOf(first), PlaceOf(second)));
        _answers.Add((line, null));
    }

    public void Add(long line, ProblemDetails problem) => _answers.Add((line, problem));

    private long Added(ImageFile image) => _places.ContainsKey(image) ? 0 : image.Size;

    private int PlaceOf(ImageFile image)
    {
        _bytes += Added(image);
        if (_places.TryAdd(image, _images.Count))
            _images.Add(image);
        return _places[image];
    }
}
