namespace Siamese.Testing.Strokes;

/// <summary>Drawings of two strokes in each format: from (10, 20) to (30, 20), and from (30, 60) to (40, 80) and (40, 90).</summary>
public static class StrokeFiles
{
    public const string Omniglot = "START\n10,-20,0\n30,-20,10\nBREAK\n30,-60,50\n40,-80,60\n40,-90,65\nBREAK\n";

    public const string Svc2004 = "6\n10 20 100 1 90 45 200\n30 20 110 1 90 45 300\n30 40 120 0 90 45 0\n30 60 150 1 90 45 400\n40 80 160 1 90 45 500\n40 90 165 1 90 45 100\n";

    public const string Svc2004Task1 = "6\r\n10 20 100 1\r\n30 20 110 1\r\n30 40 120 0\r\n30 60 150 1\r\n40 80 160 1\r\n40 90 165 1\r\n";

    public const string Susig = "User 7 of 10 at 2004\nDataSize: 5\nRate: 100\n10 20 0 200 0\n30 20 10 300 1\n30 60 50 400 0\n40 80 60 500 0\n40 90 65 100 1\n";

    public const string SigComp = "label 7\n10 20 200 90 45\n30 20 300 90 45\n30 40 0 90 45\n30 60 400 90 45\n40 80 500 90 45\n40 90 100 90 45\n";

    public const string Csv = "T,Y,X,Stroke,Note,Force\n0,20,10,1,a,200\n10,20,30,1,\"b, c\",300\n50,60,30,2,,400\n60,80,40,2,,500\n65,90,40,2,,100\n";

    public const string Semicolons = "x;y;time;pen\n\"10,0\";20;0,5;1\n30;20;10;1\n99;99;20;0\n30;60;50;1\n40;80;60;1\n40;90;65;1\n";

    public const string Json = "[[[10,20,0,200],[30,20,10,300]],\n[[30,60,50,400],[40,80,60,500],[40,90,65,100]]]";

    public const string QuickDraw = "{\"word\":\"seven\",\"drawing\":[[[10,20,30,30,30],[20,20,20,20,20],[0,5,10,10,10]],[[30,40,40,40],[60,80,90,90],[50,60,65,65]]],\"id\":[1]}";

    public const string SignaturePad = "[{\"penColor\":\"black\",\"points\":[{\"time\":1700000000000,\"x\":10,\"y\":20,\"pressure\":0.5},{\"time\":1700000000010,\"x\":30,\"y\":20,\"pressure\":0.25}]},{\"points\":[{\"time\":1700000000050,\"x\":30,\"y\":60,\"pressure\":1},{\"time\":1700000000060,\"x\":40,\"y\":80,\"pressure\":1}]}]";

    public const string InkMl = """
        <?xml version="1.0" encoding="UTF-8"?>
        <inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML">
          <inkml:traceFormat>
            <inkml:channel name="Y"/><inkml:channel name="X"/><inkml:channel name="OTx"/><inkml:channel name="T"/><inkml:channel name="F"/>
          </inkml:traceFormat>
          <inkml:trace>20 10 7 0 200, '0'20'0'10'100</inkml:trace>
          <inkml:trace type="penUp">40 30 7 20 0</inkml:trace>
          <inkml:trace>60 30 7 50 400,
            80 40 * 60 500, 90 40 * 65 100</inkml:trace>
        </inkml:ink>
        """;

    /// <summary>One of each.</summary>
    public static IEnumerable<string> All => [Omniglot, Svc2004, Svc2004Task1, Susig, SigComp, Csv, Semicolons, Json, QuickDraw, SignaturePad, InkMl];
}
