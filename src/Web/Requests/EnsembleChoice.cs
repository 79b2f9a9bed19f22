using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>Finds the ensemble that a request is about.</summary>
internal static class EnsembleChoice
{
    /// <summary>The named ensemble or, if none is named, the one that was formed last.</summary>
    /// <exception cref="ProblemException">None is named, and there is none.</exception>
    public static async Task<string> Find(GrainCalls calls, string? name)
    {
        if (name is not null)
            return string.IsNullOrWhiteSpace(name) ? throw new BadInputException("'ensemble' is blank; state a name, or leave it out to ask the newest.") : name;
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        return BoardEntry.DefaultOf(board)?.Sweep
            ?? throw new ProblemException(ProblemKind.NotFound, board.FirstOrDefault(entry => entry.HasEnsemble) is { } imported
                ? $"Ensembles that were imported for those who name them must be named: state 'ensemble', such as '{imported.Sweep}'."
                : "There is no ensemble yet: submit a sweep.");
    }
}
