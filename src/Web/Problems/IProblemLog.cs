using System.Net;
using Microsoft.AspNetCore.Http;

namespace Siamese.Web.Problems;

/// <summary>A request that was refused, or sent away for some time: status 401, 403, 429 or 503.</summary>
/// <param name="Type">Type of the problem, such as `no-key`: one of <see cref="Types"/>.</param>
/// <param name="Caller">Name of the caller; null if nobody was admitted.</param>
/// <param name="Address">The address that it came from; null if there is none.</param>
/// <param name="Operation">What was asked for: a method, and a route of the code.</param>
/// <param name="Reason">The sentence that the caller got.</param>
public sealed record Refusal(string Type, string? Caller, IPAddress? Address, string Operation, string Reason)
{
    /// <summary>The types of all refusals.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ProblemKind.All.Where(Is).Select(kind => kind.Type)];

    internal static Refusal Of(HttpContext context, ProblemKind kind, string reason) =>
        new(kind.Type, context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null, context.Connection.RemoteIpAddress, OperationName.Of(context), reason);

    internal static bool Is(ProblemKind kind) => kind.Status is
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
}

/// <summary>Counts and logs what goes wrong with requests. Strangers cause refusals at will, so whoever logs them limits the number of lines.</summary>
public interface IProblemLog
{
    /// <summary>A request was refused.</summary>
    void Refused(Refusal refusal);

    /// <summary>A request failed for a reason that nobody expected.</summary>
    /// <param name="operation">As in <see cref="Refusal"/>.</param>
    /// <param name="exception">Why.</param>
    void Failed(string operation, Exception exception);
}
