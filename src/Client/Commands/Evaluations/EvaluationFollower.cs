using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Evaluations;

/// <summary>Has an ensemble evaluated and waits for the figures; reports progress on standard error.</summary>
internal sealed class EvaluationFollower(Surroundings surroundings, Calls calls)
{
    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(200);

    private readonly string _id = $"{Guid.NewGuid():N}";

    /// <exception cref="BadInputException">There is no such ensemble, or the data cannot be used.</exception>
    /// <exception cref="NoQuorumException">A member cannot be loaded.</exception>
    /// <exception cref="NoClusterException">The cluster cannot do it.</exception>
    public async Task<Evaluation> Follow(EvaluationRequest request)
    {
        using var line = new ProgressLine(surroundings);
        while (true)
        {
            var state = await calls.Make((cluster, token) => cluster.Evaluation(_id).GetState(token), surroundings.End);
            if (state.Result is { } result)
                return result;
            if (state.Problem is { } problem)
                throw Failure(problem, state.Fault);
            // Not started yet, or lost with its silo: start it.
            if (!state.IsKnown)
                await calls.Make((cluster, token) => cluster.Evaluation(_id).Start(request, token), surroundings.End);
            if (state.Progress is { } progress)
                line.Say((double)progress.Embedded / Math.Max(1, progress.Embeddings), () => Line(progress));
            await Task.Delay(_period, surroundings.Clock, surroundings.End);
        }
    }

    private static string Line(EvaluationProgress progress) => progress.Embedded < progress.Embeddings
        ? $"{Figures.Count(progress.Embedded)} of {Figures.Count(progress.Embeddings)} embeddings computed."
        : "All embeddings computed; calculating the results.";

    private static Exception Failure(string problem, EvaluationFault? fault) => fault switch
    {
        EvaluationFault.BadInput => new BadInputException(problem),
        EvaluationFault.NoQuorum => new NoQuorumException(problem),
        _ => new NoClusterException($"The cluster could not evaluate the ensemble: {problem.ReplaceLineEndings(" ").TrimEnd('.')}; see its log."),
    };
}
