using Microsoft.AspNetCore.Http;
using Orleans.Serialization;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;

namespace Siamese.Web.Problems;

/// <summary>A request that fails for a reason of the API's own.</summary>
internal sealed class ProblemException(ProblemKind kind, string detail, TimeSpan? retryAfter = null) : Exception(detail)
{
    public ProblemKind Kind => kind;

    /// <inheritdoc cref="Failure.RetryAfter"/>
    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>Which problem an exception is.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Detail">What to say about it.</param>
/// <param name="RetryAfter">When to try again, if it is a matter of time.</param>
internal sealed record Failure(ProblemKind Kind, string Detail, TimeSpan? RetryAfter = null)
{
    private const string Away = "A silo or the store of the cluster does not answer; nothing was lost. Try again.";

    public static Failure Of(Exception exception) => exception switch
    {
        ProblemException problem => new(problem.Kind, problem.Message, problem.RetryAfter),
        BadInputException input => new(KindOf(input.Fault), JsonNames.InJson(PlainText.Lines(input.Message))),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ProblemKind.TooLarge, exception.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(ProblemKind.Malformed, "The body arrived too slowly; send it again, over a faster connection."),
        BadHttpRequestException => new(ProblemKind.Malformed, exception.Message),
        RefusedException => new(ProblemKind.NotAllowed, exception.Message),
        BusyException busy => new(ProblemKind.Busy, busy.Message, busy.RetryAfter),
        NoQuorumException => new(ProblemKind.NoQuorum, exception.Message),
        StoreUnavailableException => new(ProblemKind.Away, exception.Message),
        TimeoutException or OrleansException or SerializerException or UnavailableExceptionFallbackException or OperationCanceledException => new(ProblemKind.Away, Away),
        _ => new(ProblemKind.Broken, "The cluster failed in a way that it does not know; its log has the reason. Try again."),
    };

    private static ProblemKind KindOf(InputFault fault) => fault switch
    {
        InputFault.Missing => ProblemKind.NotFound,
        InputFault.Conflict => ProblemKind.Conflict,
        _ => ProblemKind.Invalid,
    };
}
