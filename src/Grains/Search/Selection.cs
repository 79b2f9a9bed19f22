using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search;

/// <summary>The points of a search to train, each once, and counts of those that are not trained.</summary>
internal sealed class Selection
{
    private readonly List<Hyperparameters> _points = [];
    private readonly HashSet<Hyperparameters> _trained = [];

    public IReadOnlyList<Hyperparameters> Points => _points;

    /// <summary>Points that cannot be trained.</summary>
    public int Invalid { get; private set; }

    /// <summary>Why the first of them cannot be trained; null without any.</summary>
    public string? WhyInvalid { get; private set; }

    /// <summary>Points equivalent to another.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Adds a point. Returns false if it cannot be trained or is equivalent to another.</summary>
    public bool Add(Hyperparameters point, string? problem)
    {
        if (problem is not null)
        {
            Invalid++;
            WhyInvalid ??= problem;
            return false;
        }

        // Ignore IsGentle, which only chose defaults.
        if (!_trained.Add(point with { IsGentle = false }))
        {
            Duplicates++;
            return false;
        }

        _points.Add(point);
        return true;
    }

    public Expansion ToExpansion() => new([.. _points], Invalid, WhyInvalid, Duplicates);
}
