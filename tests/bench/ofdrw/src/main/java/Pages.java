import java.awt.image.BufferedImage;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import javax.imageio.ImageIO;
import org.ofdrw.converter.FontLoader;
import org.ofdrw.converter.ImageMaker;
import org.ofdrw.reader.OFDReader;

/** Draws OFD files with ofdrw, prints what each page cost, and keeps the pictures. */
public class Pages {
    private static final int MAX_PAGES = 8;

    private static double cpuMs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6;
    }

    /** The first font of a collection as a file of its own, since ofdrw reads no collections; any other font as it is. */
    private static Path firstFont(Path file) throws Exception {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        if (all.getInt(0) != 0x74746366) {
            return file;
        }
        int start = all.getInt(12);
        int tables = all.getShort(start + 4);
        int at = 12 + 16 * tables;
        int length = at;
        for (int table = 0; table < tables; table++) {
            length += all.getInt(start + 12 + 16 * table + 12) + 3 & ~3;
        }
        ByteBuffer font = ByteBuffer.allocate(length);
        font.put(0, all, start, at);
        for (int table = 0; table < tables; table++) {
            int entry = 12 + 16 * table;
            int size = all.getInt(start + entry + 12);
            font.put(at, all, all.getInt(start + entry + 8), size);
            font.putInt(entry + 8, at);
            at += size + 3 & ~3;
        }
        Path made = Files.createTempFile("font", ".ttf");
        made.toFile().deleteOnExit();
        return Files.write(made, font.array());
    }

    /** PX_PER_MM REPEATS FONT OUT_FOLDER FILE… */
    public static void main(String[] words) throws Exception {
        double pxPerMm = Double.parseDouble(words[0]);
        int repeats = Integer.parseInt(words[1]);
        // In this order: the loader takes a default font of its own when it is first asked for.
        FontLoader.setSimilarFontReplace(false);
        Path font = firstFont(Paths.get(words[2]));
        if (!FontLoader.loadAsDefaultFont(font.toString())) {
            throw new IllegalArgumentException("ofdrw does not read " + words[2]);
        }
        // The first file is drawn twice: the first time warms the machine and is not told.
        for (int at = 3; at < words.length; at++) {
            Path file = Paths.get(words[at == 3 ? 4 : at]);
            String name = file.getFileName().toString().replaceAll("\\.ofd$", "");
            int pages = 1;
            for (int page = 0; page < Math.min(pages, MAX_PAGES); page++) {
                double least = Double.MAX_VALUE;
                String refused = null;
                for (int turn = 0; turn < repeats; turn++) {
                    double before = cpuMs();
                    try (OFDReader reader = new OFDReader(file)) {
                        ImageMaker maker = new ImageMaker(reader, pxPerMm);
                        pages = maker.pageSize();
                        BufferedImage picture = maker.makePage(page);
                        least = Math.min(least, cpuMs() - before);
                        if (turn == 0 && at > 3) {
                            ImageIO.write(picture, "PNG", new File(words[3], name + "-" + page + ".png"));
                        }
                    } catch (Throwable error) {
                        refused = error.toString().replaceAll("\\s+", " ");
                        break;
                    }
                }
                if (at > 3) {
                    String cost = refused == null ? String.format("%.2f", least) : "refused: " + refused;
                    System.out.println("ofdrw\t" + name + "\t" + page + "\t" + cost);
                }
            }
        }
    }
}
