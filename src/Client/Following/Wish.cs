namespace Siamese.Client.Following;

/// <summary>What the user wants after interrupting the watching of a sweep.</summary>
internal enum Wish
{
    /// <summary>The client exits, the sweep continues.</summary>
    Leave,

    /// <summary>The sweep is cancelled.</summary>
    Cancel,

    /// <summary>Watching resumes.</summary>
    Watch,
}
