using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;

namespace Siamese.Grains.Donors;

/// <summary>A finished trial whose weights the trials of a sweep start from.</summary>
[GenerateSerializer, Immutable, Alias("siamese.Donor")]
internal sealed record Donor
{
    /// <summary>The hyperparameter of a request that names a donor.</summary>
    public const string From = "from";

    /// <summary>As the request states it, such as `digits@3` or the start of a trial's id.</summary>
    [Id(0)] public required string Stated { get; init; }

    /// <summary>Id of the trial whose grain keeps the weights: that of the full trial, even if it was finished early.</summary>
    [Id(1)] public required string Trial { get; init; }

    /// <summary>Blob of the weights.</summary>
    [Id(2)] public required string WeightsBlob { get; init; }

    [Id(3)] public required Hyperparameters Hyperparameters { get; init; }

    /// <summary>A sentence for the user that says whose weights they are.</summary>
    [Id(4)] public required string Remark { get; init; }

    /// <summary>What decides the shapes of the encoder's weights, and what it expects of its input.</summary>
    private static IEnumerable<Hyperparameter> Deciding => Hyperparameter.All.TakeWhile(hyperparameter => hyperparameter.Name != From);

    /// <summary>The values that a trial needs for the weights to fit.</summary>
    private IEnumerable<(string Name, HyperparameterValue Value)> Needed
    {
        get
        {
            var point = new Hyperparameters();
            foreach (var hyperparameter in Deciding)
            {
                // Earlier builds left some values open that had no choice; they are today's defaults of the search.
                var value = hyperparameter.Get(Hyperparameters) ?? Defaults.Of(hyperparameter, point);
                point = hyperparameter.Set(point, value);
                if (value is { } needed && Defaults.Of(hyperparameter, point) is not null)
                    yield return (hyperparameter.Name, needed);
            }
        }
    }

    /// <summary>The request with the weights in place of their name, and with the encoder that they fit.</summary>
    /// <exception cref="BadInputException">The request states another encoder.</exception>
    public SweepRequest Fit(SweepRequest request)
    {
        (string Name, HyperparameterValue Value)[] needed = [.. Needed];
        string[] others =
        [
            .. from need in needed
               let stated = request.Space.Find(need.Name)
               where stated is { IsDefault: false } && (stated.Range is not null || stated.Values.Any(value => value != need.Value))
               select $"'{need.Name}' {need.Value}, not {(stated.Range is { } range ? range.ToString() : string.Join(",", stated.Values.Where(value => value != need.Value)))}",
        ];
        if (others.Length > 0)
            throw new BadInputException($"The weights of '{From}' {Stated} have {string.Join("; ", others)}. Leave these out: they are those of '{From}'.");
        var own = new SearchSpace
        {
            Dimensions =
            [
                .. needed.Select(need => new Dimension { Hyperparameter = need.Name, Values = [need.Value] }),
                new Dimension { Hyperparameter = From, Values = [WeightsBlob] },
            ],
        };
        return request with { Space = request.Space.With(own) };
    }

    /// <summary>As <see cref="Fit"/> if a later request names the donor in the same way, even if that name now stands for another; else the same request.</summary>
    public SweepRequest Repeated(SweepRequest request) => request.Space.Find(From) is { Values: [{ Word: { } stated }] } && stated == Stated ? Fit(request) : request;
}
