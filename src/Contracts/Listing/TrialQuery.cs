namespace Siamese.Contracts.Listing;

/// <summary>A <see cref="TrialQuestion"/> that was read: whoever sends one can check it, and whoever answers it understands it alike.</summary>
public sealed class TrialQuery
{
    private const int LargestPage = 1000;

    /// <exception cref="BadInputException">The question is not valid.</exception>
    public TrialQuery(TrialQuestion question)
    {
        BadInputException.ThrowUnless(question.Limit is >= 1 and <= LargestPage, $"'limit': {question.Limit} is not from 1 to {LargestPage}.");
        (Conditions, Order, Limit) = (new(question.States, question.Where), new(question.Sort), question.Limit);
        Start = question.After is { } after ? Order.Read(after) : null;
    }

    /// <summary>Which trials are asked for.</summary>
    public TrialConditions Conditions { get; }

    /// <summary>Their order.</summary>
    public TrialOrder Order { get; }

    /// <summary>Maximum number of trials on a page.</summary>
    public int Limit { get; }

    /// <summary>The place after which the page begins; null for the first page.</summary>
    public TrialPlace? Start { get; }
}
