using Microsoft.AspNetCore.Http;

namespace Siamese.Web.Problems;

/// <summary>What can go wrong with a request. The name of its type stays the same in all versions, so that programs can tell.</summary>
/// <param name="Type">Last part of its URI.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Status">Status of the answer.</param>
internal sealed record ProblemKind(string Type, string Title, int Status)
{
    public static readonly ProblemKind Malformed = new("malformed", "The request cannot be read", StatusCodes.Status400BadRequest);
    public static readonly ProblemKind NoKey = new("no-key", "A valid key is needed", StatusCodes.Status401Unauthorized);
    public static readonly ProblemKind NotAllowed = new("not-allowed", "The key does not allow this", StatusCodes.Status403Forbidden);
    public static readonly ProblemKind NotFound = new("not-found", "There is no such thing", StatusCodes.Status404NotFound);
    public static readonly ProblemKind WrongMethod = new("wrong-method", "The address does not know this method", StatusCodes.Status405MethodNotAllowed);
    public static readonly ProblemKind Conflict = new("conflict", "It cannot be done in the current state", StatusCodes.Status409Conflict);
    public static readonly ProblemKind TooLarge = new("too-large", "The request is too large", StatusCodes.Status413PayloadTooLarge);
    public static readonly ProblemKind WrongMediaType = new("wrong-media-type", "The body has the wrong media type", StatusCodes.Status415UnsupportedMediaType);
    public static readonly ProblemKind Invalid = new("invalid", "A value is not valid", StatusCodes.Status422UnprocessableEntity);
    public static readonly ProblemKind TooMany = new("too-many-requests", "There are too many requests", StatusCodes.Status429TooManyRequests);
    public static readonly ProblemKind Broken = new("broken", "The cluster failed", StatusCodes.Status500InternalServerError);
    public static readonly ProblemKind Busy = new("busy", "The cluster is busy", StatusCodes.Status503ServiceUnavailable);
    public static readonly ProblemKind Away = new("away", "A part of the cluster is away", StatusCodes.Status503ServiceUnavailable);
    public static readonly ProblemKind NoQuorum = new("no-quorum", "Too few members can be loaded", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Every kind.</summary>
    public static readonly IReadOnlyList<ProblemKind> All =
        [Malformed, NoKey, NotAllowed, NotFound, WrongMethod, Conflict, TooLarge, WrongMediaType, Invalid, TooMany, Broken, Busy, Away, NoQuorum];

    /// <summary>The URI of the type.</summary>
    public string Uri => $"urn:siamese:problem:{Type}";
}
