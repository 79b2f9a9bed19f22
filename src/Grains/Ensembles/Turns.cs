using Siamese.Model.Networks;

namespace Siamese.Grains.Ensembles;

/// <summary>Whose turn a call's images are in: few are those that fit into one chunk.</summary>
internal static class Turns
{
    public static Turn ToDecode(int images) => AreFew(images) ? Turn.DecodeFew : Turn.DecodeMany;

    public static Turn ToEmbed(int images) => AreFew(images) ? Turn.EmbedFew : Turn.EmbedMany;

    private static bool AreFew(int images) => images <= FrozenEncoder.ChunkSize;
}
