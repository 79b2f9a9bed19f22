namespace Siamese.Contracts;

/// <summary>Collects everything that is wrong with an input, so that the user can mend it at once.</summary>
public sealed class Problems
{
    /// <summary>Problems that a message lists; it counts the rest.</summary>
    private const int Shown = 20;

    private readonly List<string> _shown = [];

    public int Count { get; private set; }

    public void Add(string problem)
    {
        Count++;
        if (_shown.Count < Shown)
            _shown.Add(problem);
    }

    /// <summary>Runs a piece of work whose <see cref="BadInputException"/> is one problem.</summary>
    /// <returns>Whether there was no problem.</returns>
    public bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (BadInputException problem)
        {
            Add(problem.Message);
            return false;
        }
    }

    /// <summary>All problems as one message: a single one as it is, several below a first line.</summary>
    /// <param name="source">What has the problems.</param>
    public string Message(string source) => Count == 1 ? _shown[0] : string.Join('\n', [
        FormattableString.Invariant($"{source} has {Count} problems:"),
        .. _shown.Select(problem => $"  {problem}"),
        .. Count > _shown.Count ? new[] { FormattableString.Invariant($"  and {Count - _shown.Count} more.") } : [],
    ]);

    /// <summary>The problems as a remark, if what has them is left out; otherwise they are an error.</summary>
    /// <param name="source">What has the problems.</param>
    /// <param name="isLeftOut">Whether it is left out.</param>
    /// <param name="how">What happened to it then, such as `whose rows were left out`.</param>
    /// <returns>The remark; nothing if there are no problems.</returns>
    /// <exception cref="BadInputException">There are problems, and what has them is needed.</exception>
    public IEnumerable<string> Report(string source, bool isLeftOut, string how)
    {
        if (!isLeftOut)
            ThrowIfAny(source);
        return Count == 0 ? [] : [Message($"{source}, {how},")];
    }

    /// <exception cref="BadInputException">There are problems.</exception>
    public void ThrowIfAny(string source)
    {
        if (Count > 0)
            throw new BadInputException(Message(source));
    }
}
