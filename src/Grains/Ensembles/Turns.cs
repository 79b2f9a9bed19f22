using Siamese.Model.Networks;

namespace Siamese.Grains.Ensembles;

/// <summary>Decides a call's turn: it has few images if they fit into one chunk.</summary>
internal static class Turns
{
    public static Turn ToDecode(int images) => AreFew(images) ? Turn.DecodeFew : Turn.DecodeMany;

    public static Turn ToEmbed(int images) => AreFew(images) ? Turn.EmbedFew : Turn.EmbedMany;

    private static bool AreFew(int images) => images <= FrozenEncoder.ChunkSize;
}
